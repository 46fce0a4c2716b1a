import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findServer, type Surroundings } from '../src/server'

function find(there: string[], change: Partial<Surroundings> = {}): string {
  const server = findServer({
    setting: '',
    extension: '/ext',
    workspace: '/shop',
    home: '/home/lin',
    path: '/usr/local/bin:/usr/bin',
    platform: 'linux',
    isExecutable: file => there.includes(file),
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
  assert.equal(find(['D:\\mg.exe'], { ...windows, setting: 'D:\\mg.exe' }), 'setting D:\\mg.exe')
})
