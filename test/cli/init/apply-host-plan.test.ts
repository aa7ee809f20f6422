import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { comparePlan } from '#cli/init/apply-host-plan.ts'
import { findModeFault } from '#cli/init/find-mode-fault.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'prospectus-plan-'))
  return () => rmSync(root, { recursive: true })
})

it.each([
  ['that is not there is created', [], 'create'],
  ['of the service stays as it is', ['own/a'], 'exists'],
  ['that an interrupted run has left empty goes to the service', ['empty/'], 'change'],
  ['with files of another user is not taken', ['theirs/a'], 'foreign'],
])('a folder %s', (_, files, state) => {
  const path = files[0]?.split('/')[0] ?? 'new'
  for (const file of files) {
    mkdirSync(join(root, path))
    if (!file.endsWith('/')) writeFileSync(join(root, file), '')
  }
  const machine = { root, hasUser: () => true, isOwned: (one: string) => one === join(root, 'own') }
  expect(comparePlan([{ kind: 'folder', path, mode: 0o700 }], machine)).toMatchObject([{ state }])
})

it('finds the folder in which the user of the service could not read the program', () => {
  const file = join(root, 'checkout/local/start.mjs')
  mkdirSync(join(root, 'checkout/local'), { recursive: true, mode: 0o755 })
  writeFileSync(file, '', { mode: 0o644 })
  // The temporary folder itself is for its owner only.
  expect(findModeFault(file)).toBe(
    `${root} can be read by its owner only, and the service runs as another user. Run: chmod -R a+rX ${root}`,
  )
  expect(findModeFault(process.execPath)).toBeUndefined()
})
