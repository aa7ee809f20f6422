import { expect, it } from 'vitest'
import { findAccessFault, findBackupPlaceFault } from '#local/data/folder-access.ts'

it.each([
  ['/data', true],
  ['/data/', true],
  ['/data/backups', true],
  ['/data/../data/a/b', true],
  ['/data-backups', false],
  ['/backups/data', false],
  ['/', false],
])('backups of /data are not taken to %s: %s', (target, isRefused) => {
  expect(findBackupPlaceFault('/data', target) !== undefined).toBe(isRefused)
})

it('a folder of which files do not exist yet can be used', () => {
  expect(findAccessFault(import.meta.dirname, ['prospectus.db', 'secrets.json'])).toBeUndefined()
  expect(findAccessFault('/nowhere/prospectus', ['prospectus.db'])).toBeUndefined()
})
