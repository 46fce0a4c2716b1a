// The npm packages as a user meets them: installed in a home of its own with nothing but Node, and run. By tests/parts/packages.sh,
// which sets PACKAGES to the folder of what made.mjs made.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync as symlink, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { HERE, ROOT, TARGETS } from './made.mjs'
import { serve } from './registry.mjs'

/** The folder of what made.mjs made. */
const out = process.env.PACKAGES
const FILE = process.platform === 'win32' ? 'miniguard.exe' : 'miniguard'

const place = mkdtempSync(join(tmpdir(), 'miniguard-npm-'))
const made = readdirSync(out).filter(name => name.endsWith('.tgz'))
let registry

before(async () => {
  registry = await serve(out)
})
after(async () => {
  await registry?.stop()
  rmSync(place, { recursive: true, force: true })
})

/** A folder with a mini-program in it, or an empty one, and a home beside it. */
function folder(name, fixture) {
  const at = join(place, name, 'program')
  mkdirSync(join(place, name, 'home'), { recursive: true })
  if (fixture) cpSync(join(ROOT, 'fixtures', fixture), at, { recursive: true })
  else mkdirSync(at)
  return at
}

/** Runs a command in a clean home, with nothing on PATH but Node and the system's; the registry answers meanwhile. */
async function run(at, command, parameters, variables = {}) {
  const env = {
    PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
    HOME: join(at, '../home'),
    LANG: 'C.UTF-8',
    npm_config_registry: registry.address,
    npm_config_cache: join(at, '../cache'),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    ...variables
  }
  const child = spawn(command, parameters, { cwd: at, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr']) child[name].setEncoding('utf8').on('data', text => (said[name] += text))
  const status = await new Promise((done, failed) => child.on('close', done).on('error', failed))
  return { status, ...said }
}

/** The launcher of what is installed in a folder. */
const launcher = at => join(at, 'node_modules/.bin/miniguard')

test('there is a package for each target and the launcher, and none for anything else', () => {
  const { version } = JSON.parse(readFileSync(join(out, 'miniguard/package.json'), 'utf8'))
  assert.deepEqual(made.sort(), ['', ...TARGETS.map(({ name }) => `-${name}`)].map(name => `miniguard${name}-${version}.tgz`).sort())
})

test('every package says its platform, its licence and where it comes from, and runs nothing at installation', () => {
  for (const name of ['miniguard', ...TARGETS.map(target => target.name)]) {
    const manifest = JSON.parse(readFileSync(join(out, name, 'package.json'), 'utf8'))
    const target = TARGETS.find(target => target.name === name)
    assert.deepEqual([manifest.os, manifest.cpu, manifest.libc], target ? [[target.os], [target.cpu], target.libc && [target.libc]] : [undefined, undefined, undefined])
    assert.equal(manifest.scripts, undefined)
    assert.equal(manifest.private, undefined)
    assert.equal(manifest.license, 'MIT OR Apache-2.0')
    assert.match(manifest.repository.url, /^git\+https:/)
    const listed = spawnSync('tar', ['-tzf', join(out, made.find(file => file.startsWith(name === 'miniguard' ? 'miniguard-0' : `miniguard-${name}-`)))], { encoding: 'utf8' })
    for (const licence of ['LICENSE', 'LICENSE-MIT', 'LICENSE-APACHE']) assert.match(listed.stdout, new RegExp(`^package/${licence}$`, 'm'))
  }
})

test('the first commands of the README do what they say, in an empty home with only Node and the registry', async () => {
  const commands = page => {
    const [, block] = /```sh\n(npx .*?)```/s.exec(readFileSync(join(ROOT, page), 'utf8'))
    return block.trim().split('\n').map(line => line.replace(/ *#.*/, ''))
  }
  const [check, install, fix, report] = commands('README.md')
  assert.deepEqual(commands('README.zh-CN.md'), [check, install, fix, report])
  const shop = folder('npx', 'teashop')
  rmSync(join(shop, 'package.json'), { force: true })
  const sh = command => run(shop, 'sh', ['-c', command])

  const first = await sh(check)
  assert.equal(first.status, 1, first.stderr)
  assert.match(first.stdout, /wx\.chooseAddress is not declared in `requiredPrivateInfos`/)
  // Only this platform's executable was fetched.
  const fetched = registry.asked.filter(path => path.endsWith('.tgz') && path !== `/-/${made.find(file => /^miniguard-\d/.test(file))}`)
  assert.deepEqual([...new Set(fetched)], [`/-/${made.find(file => file.startsWith(`miniguard-${HERE.name}-`))}`])

  const installed = await sh(install)
  assert.equal(installed.status, 0, installed.stderr)
  assert.ok('miniguard' in JSON.parse(readFileSync(join(shop, 'package.json'), 'utf8')).devDependencies)
  assert.doesNotMatch((await sh(fix)).stdout, /chooseAddress is not declared/)
  assert.match(readFileSync(join(shop, 'app.json'), 'utf8'), /"chooseAddress"/)
  const written = await sh(report)
  assert.equal(written.status, 0, written.stderr)
  assert.match(readFileSync(join(shop, 'report.html'), 'utf8'), /^<!DOCTYPE html>/i)
})

test('installed from the tarballs into an empty folder, without a network, it finds, mends and finds less', async () => {
  const shop = folder('tarballs', 'teashop')
  rmSync(join(shop, 'package.json'), { force: true })
  const tarballs = [/^miniguard-\d/, new RegExp(`^miniguard-${HERE.name}-`)].map(wanted => join(out, made.find(file => wanted.test(file))))
  const installed = await run(shop, 'npm', ['install', '--offline', '--save-dev', ...tarballs])
  assert.equal(installed.status, 0, installed.stderr)
  const count = async () => {
    const { stdout } = await run(shop, launcher(shop), ['check', '--format', 'json', '--fail-on', 'never'])
    return JSON.parse(stdout).findings.length
  }
  const before = await count()
  assert.equal((await run(shop, launcher(shop), ['check', '--fix', '--fail-on', 'never'])).status, 0)
  assert.ok((await count()) < before)
})

test('the exit status and both outputs are those of the executable', async () => {
  const shop = folder('status', 'teashop')
  link(shop)
  for (const parameters of [['check'], ['check', '--fail-on', 'never'], ['check', '--no-such-option'], ['--version'], ['explain', 'no-such-rule']]) {
    const [ours, its] = await Promise.all([launcher(shop), join(out, HERE.name, FILE)].map(command => run(shop, command, parameters)))
    assert.deepEqual(ours, its, parameters.join(' '))
  }
})

test('MINIGUARD_BINARY comes before what is installed; one that cannot be run is said', async () => {
  const shop = folder('override')
  link(shop)
  const own = join(shop, 'own')
  writeFileSync(own, '#!/bin/sh\necho "own $*"\nexit 7\n')
  chmodSync(own, 0o755)
  const { status, stdout } = await run(shop, launcher(shop), ['check', 'a b'], { MINIGUARD_BINARY: own })
  assert.deepEqual([status, stdout], [7, 'own check a b\n'])
  const missing = await run(shop, launcher(shop), ['check'], { MINIGUARD_BINARY: join(shop, 'missing') })
  assert.equal(missing.status, 2)
  assert.match(missing.stderr, /missing cannot be run/)
})

test('without the package of the platform it says what to do, in both languages, and fails', async () => {
  const shop = folder('without')
  link(shop)
  rmSync(join(shop, 'node_modules/@miniguard'), { recursive: true })
  const { status, stderr } = await run(shop, launcher(shop), ['check'])
  assert.equal(status, 2)
  assert.match(stderr, new RegExp(`the package @miniguard/${HERE.name} is not installed`))
  assert.match(stderr, /请在本平台上重新安装/)
})

test('where both C libraries are installed, as older npm does, the right executable is run', { skip: process.platform !== 'linux' }, async () => {
  const shop = folder('both')
  link(shop)
  const other = TARGETS.find(({ os, cpu, libc }) => os === HERE.os && cpu === HERE.cpu && libc !== HERE.libc)
  cpSync(join(out, other.name), join(shop, 'node_modules/@miniguard', other.name), { recursive: true })
  assert.match((await run(shop, launcher(shop), ['--version'])).stdout, /^miniguard /)
})

test('an executable that is killed gives the status of its signal, and a launcher that is told to end ends it', async () => {
  const shop = folder('signals')
  link(shop)
  const own = join(shop, 'own')
  writeFileSync(own, '#!/bin/sh\nkill -KILL $$\n')
  chmodSync(own, 0o755)
  assert.equal((await run(shop, launcher(shop), [], { MINIGUARD_BINARY: own })).status, 137)

  writeFileSync(own, '#!/bin/sh\ntrap "echo ended; exit 3" TERM\necho begun\nwhile :; do read -r line || exit 4; done\n')
  const child = spawn(process.execPath, [launcher(shop)], { env: { ...process.env, MINIGUARD_BINARY: own }, stdio: ['pipe', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', data => {
    said += data
    if (said === 'begun\n') child.kill('SIGTERM')
    // A shell looks at its trap after the line that it reads.
    child.stdin.write('\n')
  })
  const code = await new Promise(done => child.on('exit', done))
  assert.deepEqual([said, code], ['begun\nended\n', 3])
})

test('the schemas come along, so that editors find them without a network', () => {
  for (const name of ['miniguard', 'server-domains', 'privacy-guide']) {
    assert.equal(JSON.parse(readFileSync(join(out, `miniguard/schemas/${name}.schema.json`), 'utf8')).type, 'object', name)
  }
  for (const page of ['README.md', 'README.zh-CN.md']) {
    const named = /"\.\/node_modules\/miniguard\/(.+?)"/.exec(readFileSync(join(out, 'miniguard', page), 'utf8'))[1]
    assert.ok(existsSync(join(out, 'miniguard', named)), named)
  }
})

/** Lays the two packages into node_modules as npm does, which takes a moment instead of seconds. */
function link(at) {
  const modules = join(at, 'node_modules')
  mkdirSync(join(modules, '@miniguard'), { recursive: true })
  mkdirSync(join(modules, '.bin'))
  cpSync(join(out, 'miniguard'), join(modules, 'miniguard'), { recursive: true })
  mkdirSync(join(modules, '@miniguard', HERE.name))
  cpSync(join(out, HERE.name, 'package.json'), join(modules, '@miniguard', HERE.name, 'package.json'))
  symlink(join(out, HERE.name, FILE), join(modules, '@miniguard', HERE.name, FILE))
  chmodSync(join(modules, 'miniguard/bin/miniguard.js'), 0o755)
  symlink('../miniguard/bin/miniguard.js', join(modules, '.bin/miniguard'))
}
