import type { Holder, Scope } from '#shared/domain/access/access-key.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'

type Needs = Pick<Dependencies, 'accessKeys' | 'keyRing' | 'newId' | 'now'>
type Key = { key: string; holder: Holder; scope: Scope }

/** Makes sure that a key which is printed opens its door: also one that was revoked does again from the next start on. */
export async function keepPrintedKey({ key, ...door }: Key, { accessKeys, keyRing, newId, now }: Needs): Promise<void> {
  if (await accessKeys.holderOf(sha256(key))) return
  const described = { keyId: newId('key'), name: `npm start ${now().toISOString()}`, createdAt: now().toISOString() }
  await keyRing.make({ ...described, ...door }, sha256(key))
}
