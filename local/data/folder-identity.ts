import { createHmac } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import * as z from 'zod'
import { sha256 } from '#shared/platform/digests.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import { itemFromJson } from '#shared/store/engine/item-json.ts'
import { accessKeyKey, accessKeyRecordKey, rootFingerprintKey, type Table } from '#shared/store/keys.ts'
import { StartupError } from '../startup-error.ts'

/** `start`: sample data, with keys that are printed. `serve`: real leads. */
export type FolderMode = 'start' | 'serve'
/** What the database of a folder says about the folder. Folders from before 2026-11-29 have no mode, and some no fingerprint. */
type Identity = z.output<typeof identityRow>
type Claim = { folder: string; root: string; mode: FolderMode; printedKey: string }

const identityRow = z.object({
  fingerprint: z.string().optional(),
  mode: z.enum(['start', 'serve']).optional(),
})

/** Reads the identity without changing anything; undefined for a database that has none. */
export function readIdentity(database: DatabaseSync): Identity | undefined {
  if (!database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'catalog'").get()) return undefined
  const { pk, sk } = rootFingerprintKey()
  const row = database.prepare('SELECT item FROM catalog WHERE pk = ? AND sk = ?').get(pk, sk)
  return row && identityRow.parse(itemFromJson(String(row.item)))
}

/**
 * With other secrets, withdrawals would not be found and stored secrets could not be read. In the other mode, sample data
 * would be mixed with real leads. @throws StartupError if the folder is of another host or mode
 */
export function checkIdentity(
  identity: Identity | undefined,
  { folder, root, mode }: Pick<Claim, 'folder' | 'root'> & { mode?: FolderMode },
): void {
  if (identity?.fingerprint !== undefined && identity.fingerprint !== fingerprintRoot(root))
    throw new StartupError(
      `${folder} has a secrets.json that is not the one of its prospectus.db. Restore both from the same backup.`,
    )
  if (mode !== undefined && identity?.mode !== undefined && identity.mode !== mode)
    throw new StartupError(
      mode === 'start'
        ? `${folder} has the leads of \`npm run serve\`, and \`npm start\` would add sample data. Set DATA_DIR to another folder.`
        : `${folder} has the sample data of \`npm start\`. Set DATA_DIR to another folder for real leads.`,
    )
}

/** Writes the identity of a folder that has none or only a part. @throws StartupError if it is of another host or mode */
export async function claimFolder(engine: Engine<Table>, claim: Claim): Promise<void> {
  const key = rootFingerprintKey()
  const row = await engine.get({ in: 'catalog', key })
  const identity = row && identityRow.parse(row)
  const mode = identity?.mode ?? (await inferMode(engine, claim))
  checkIdentity({ ...identity, mode }, claim)
  if (identity?.mode !== undefined && identity.fingerprint !== undefined) return
  await engine.transact([{ in: 'catalog', put: { ...key, fingerprint: fingerprintRoot(claim.root), mode } }])
}

/** The mode of a folder that does not say it: each folder of `npm start` has its printed key, and each one in use has a key. */
async function inferMode(engine: Engine<Table>, { mode, printedKey }: Claim): Promise<FolderMode> {
  if (await engine.get({ in: 'catalog', key: accessKeyKey(sha256(printedKey)) })) return 'start'
  const { items } = await engine.query({ in: 'catalog', pk: accessKeyRecordKey('').pk, limit: 1 })
  return items.length > 0 ? 'serve' : mode
}

/** Recognizes a root secret and does not reveal it. */
function fingerprintRoot(root: string): string {
  return createHmac('sha256', root).update('prospectus/fingerprint').digest('base64url').slice(0, 22)
}
