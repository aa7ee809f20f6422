import type { Holder, Scope } from '#shared/domain/access/access-key.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'

type EnsurePrintedKeyDependencies = Pick<Dependencies, 'accessKeys' | 'keyRing' | 'newId' | 'now'>
type PrintedKey = { key: string; holder: Holder; scope: Scope }

/** Makes sure that a printed key is valid. A revoked one becomes valid again at the next start. */
export async function ensurePrintedKey(
  { key, ...grant }: PrintedKey,
  { accessKeys, keyRing, newId, now }: EnsurePrintedKeyDependencies,
): Promise<void> {
  if (await accessKeys.findHolder(sha256(key))) return
  const keyDetails = { keyId: newId('key'), name: `npm start ${now().toISOString()}`, createdAt: now().toISOString() }
  await keyRing.create({ ...keyDetails, ...grant }, sha256(key))
}
