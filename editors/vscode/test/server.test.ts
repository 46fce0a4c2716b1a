import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findServer, type Surroundings } from '../src/server'

/** What is found where `there` is executable; `links` says where paths lead that are links. */
function find(there: string[], change: Partial<Surroundings> = {}, links: Record<string, string> = {}): string {
  const server = findServer({
    setting: '',
    extension: '/ext',
    folders: ['/shop'],
    workspace: '/shop',
    home: '/home/lin',
    path: '/usr/local/bin:/usr/bin',
    platform: 'linux',
    arch: 'x64',
    musl: false,
    isExecutable: file => there.includes(file),
    realPath: path => links[path],
    ...change
  })
  return server.found ? `${server.from} ${server.command}` : `none${server.setting && ` ${server.setting}`}`
}

const EVERYWHERE = ['/opt/miniguard', '/ext/server/miniguard', '/usr/bin/miniguard', '/usr/local/bin/miniguard']

test('the setting comes before the bundled server, and that before PATH', () => {
  assert.equal(find(EVERYWHERE, { setting: '/opt/miniguard' }), 'setting /opt/miniguard')
  assert.equal(find(EVERYWHERE), 'bundled /ext/server/miniguard')
  assert.equal(find(EVERYWHERE.slice(2)), 'PATH /usr/local/bin/miniguard')
  assert.equal(find(['/usr/bin/miniguard']), 'PATH /usr/bin/miniguard')
  assert.equal(find([]), 'none')
})

const NPM = { '/shop/node_modules/miniguard': '/shop/node_modules/miniguard' }
const GNU = '/shop/node_modules/@miniguard/linux-x64-gnu/miniguard'
const MUSL = '/shop/node_modules/@miniguard/linux-x64-musl/miniguard'

test('what the program has in node_modules comes after the setting and before the bundled server', () => {
  assert.equal(find([GNU, ...EVERYWHERE], {}, NPM), `node_modules ${GNU}`)
  assert.equal(find([GNU, ...EVERYWHERE], { setting: '/opt/miniguard' }, NPM), 'setting /opt/miniguard')
  assert.equal(find(EVERYWHERE, {}, NPM), 'bundled /ext/server/miniguard', 'the package of the platform is missing')
  assert.equal(find([GNU, ...EVERYWHERE], { folders: [] }, NPM), 'bundled /ext/server/miniguard', 'a workspace that is not trusted')
})

test('the executable is taken, not the launcher, wherever the package manager laid it', () => {
  assert.equal(find([GNU, '/shop/node_modules/.bin/miniguard'], {}, NPM), `node_modules ${GNU}`)
  const nested = '/shop/node_modules/miniguard/node_modules/@miniguard/linux-x64-gnu/miniguard'
  assert.equal(find([nested], {}, NPM), `node_modules ${nested}`)
  const store = '/shop/node_modules/.pnpm/miniguard@0.1.0/node_modules'
  const pnpm = { '/shop/node_modules/miniguard': `${store}/miniguard` }
  assert.equal(find([`${store}/@miniguard/linux-x64-gnu/miniguard`], {}, pnpm), `node_modules ${store}/@miniguard/linux-x64-gnu/miniguard`)
  assert.equal(find(['/shop/node_modules/.bin/miniguard'], {}, NPM), 'node_modules /shop/node_modules/.bin/miniguard')
})

test('the C library decides where both packages are installed, as older npm does', () => {
  assert.equal(find([GNU, MUSL], {}, NPM), `node_modules ${GNU}`)
  assert.equal(find([GNU, MUSL], { musl: true }, NPM), `node_modules ${MUSL}`)
})

test('the nearest folder counts', () => {
  const links = { '/shop/apps/tea/node_modules/miniguard': '/shop/apps/tea/node_modules/miniguard', ...NPM }
  const near = '/shop/apps/tea/node_modules/@miniguard/linux-x64-gnu/miniguard'
  const folders = ['/shop/apps/tea', '/shop']
  assert.equal(find([GNU, near], { folders }, links), `node_modules ${near}`)
  assert.equal(find([GNU], { folders }, links), `node_modules ${GNU}`)
})

test('a setting that names no executable is reported, not replaced', () => {
  assert.equal(find(EVERYWHERE, { setting: '/opt/other' }), 'none /opt/other')
  assert.equal(find(['/shop/miniguard'], { setting: './miniguard' }), 'none ./miniguard')
})

test('a setting may use the home folder, the workspace, or a name on PATH', () => {
  assert.equal(find(['/home/lin/bin/mg'], { setting: '~/bin/mg' }), 'setting /home/lin/bin/mg')
  assert.equal(find(['/shop/bin/mg'], { setting: '${workspaceFolder}/bin/mg' }), 'setting /shop/bin/mg')
  assert.equal(find(['/shop/bin/mg'], { setting: '${workspaceFolder}/bin/mg', workspace: undefined }), 'none ${workspaceFolder}/bin/mg')
  assert.equal(find(['/usr/bin/mg'], { setting: ' mg ' }), 'setting /usr/bin/mg')
})

test('PATH is taken by its absolute entries only', () => {
  assert.equal(find(['miniguard', './miniguard', 'bin/miniguard'], { path: '.:bin::' }), 'none')
})

test('Windows has its own names and separators', () => {
  const windows = { platform: 'win32', extension: 'C:\\ext', path: 'C:\\one;D:\\two' } as const
  assert.equal(find(['C:\\ext\\server\\miniguard.exe'], windows), 'bundled C:\\ext\\server\\miniguard.exe')
  assert.equal(find(['D:\\two\\miniguard.exe'], windows), 'PATH D:\\two\\miniguard.exe')
  const modules = 'C:\\shop\\node_modules'
  const installed = `${modules}\\@miniguard\\win32-x64\\miniguard.exe`
  const npm = { [`${modules}\\miniguard`]: `${modules}\\miniguard` }
  assert.equal(find([installed], { ...windows, folders: ['C:\\shop'] }, npm), `node_modules ${installed}`)
  // A script of npm's could be started by a shell only.
  assert.equal(find([`${modules}\\.bin\\miniguard`], { ...windows, folders: ['C:\\shop'] }, npm), 'none')
  assert.equal(find(['D:\\mg.exe'], { ...windows, setting: 'D:\\mg.exe' }), 'setting D:\\mg.exe')
})
