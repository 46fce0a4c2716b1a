// A registry of npm on this machine, which holds nothing but the tarballs of one folder.
import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'

/** Serves the packages whose tarballs lie in `folder`; gives the address, what was asked for, and `stop`. */
export async function serve(folder) {
  const packages = new Map()
  const tarballs = new Map()
  for (const file of readdirSync(folder).filter(name => name.endsWith('.tgz'))) {
    const manifest = JSON.parse(execFileSync('tar', ['-xzOf', join(folder, file), 'package/package.json'], { encoding: 'utf8' }))
    tarballs.set(`/-/${file}`, readFileSync(join(folder, file)))
    packages.set(`/${manifest.name}`, { manifest, file })
  }
  const asked = []
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://registry').pathname)
    asked.push(path)
    if (tarballs.has(path)) return response.end(tarballs.get(path))
    if (!packages.has(path)) return response.writeHead(404).end('{}')
    const { manifest, file } = packages.get(path)
    const { name, version } = manifest
    const integrity = `sha512-${createHash('sha512').update(tarballs.get(`/-/${file}`)).digest('base64')}`
    const dist = { tarball: `${address}/-/${file}`, integrity }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions: { [version]: { ...manifest, dist } } }))
  })
  await new Promise(ready => server.listen(0, '127.0.0.1', ready))
  const address = `http://127.0.0.1:${server.address().port}`
  return { address, asked, stop: () => new Promise(done => server.close(done)) }
}
