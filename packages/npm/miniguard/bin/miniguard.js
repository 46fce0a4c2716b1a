#!/usr/bin/env node
// Runs the executable of this platform, which an optional dependency brings; MINIGUARD_BINARY names another.
// Invariant: standard input and output are the executable's own, and its exit status is passed on.
'use strict'
const { spawn } = require('child_process')
const { constants } = require('os')

/** The exit status of a command that could not do its work, as the executable itself has it. */
const FAILED = 2

/** Whether this Node, and with it the system, is built on musl. */
function isMusl() {
  const { report } = process
  if (!report) return false
  // Else Node looks up the names of all open connections.
  report.excludeNetwork = true
  return !report.getReport().header.glibcVersionRuntime
}

/** The packages that may hold the executable, the right one first: older npm installs those for both C libraries. */
function candidates() {
  const name = `@miniguard/${process.platform}-${process.arch}`
  if (process.platform !== 'linux') return [name]
  return isMusl() ? [`${name}-musl`, `${name}-gnu`] : [`${name}-gnu`, `${name}-musl`]
}

function findExecutable() {
  const file = process.platform === 'win32' ? 'miniguard.exe' : 'miniguard'
  for (const name of candidates()) {
    try {
      return require.resolve(`${name}/${file}`)
    } catch {
      // Not installed: the next one.
    }
  }
  return undefined
}

function fail(message) {
  console.error(message)
  process.exit(FAILED)
}

function run(executable) {
  const child = spawn(executable, process.argv.slice(2), { stdio: 'inherit', windowsHide: true })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', error =>
    fail(`miniguard: ${executable} cannot be run: ${error.message}\nminiguard：无法运行 ${executable}。`)
  )
  child.on('exit', (code, signal) => process.exit(code === null ? 128 + (constants.signals[signal] || 0) : code))
}

const executable = process.env.MINIGUARD_BINARY || findExecutable()
if (executable) {
  run(executable)
} else {
  const [name] = candidates()
  const known = Object.keys(require('../package.json').optionalDependencies || {})
  fail(
    known.includes(name)
      ? `miniguard: the package ${name} is not installed. Install again, with optional dependencies ` +
          `(without --omit=optional or --no-optional), on this platform.\n` +
          `miniguard：未安装 ${name}。请在本平台上重新安装，并保留可选依赖（不要使用 --omit=optional 或 --no-optional）。`
      : `miniguard: there is no package for ${process.platform}-${process.arch}, only for ${known.join(', ')}. ` +
          `Build miniguard from source and name it in MINIGUARD_BINARY.\n` +
          `miniguard：没有适用于 ${process.platform}-${process.arch} 的安装包。请从源码构建，并用 MINIGUARD_BINARY 指定其路径。`
  )
}
