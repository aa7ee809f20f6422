import { Refusal } from '../contract/problems.ts'
import { accessOf, type Caller, type Route } from '../contract/route.ts'
import { isAccessKey } from '../platform/access-keys.ts'
import { sha256 } from '../platform/digests.ts'
import type { Log } from '../platform/log.ts'
import type { accessKeys, KeyHolder } from '../store/access/access-keys.ts'

export type AccessKeys = Pick<ReturnType<typeof accessKeys>, 'holderOf' | 'noteUse'>
type Headers = { [name: string]: string | undefined }
type Needs = { accessKeys: AccessKeys; now: () => Date; log: Log }

/** For whom a request speaks, by how each kind of caller says so. */
export type Principal<C extends Caller> = C extends 'anyone' ? { caller: 'anyone' } : Extract<KeyHolder, { caller: C }>

/** Who may call a route, decided in this one place. @throws Refusal where the caller may not. */
export async function authorise<R extends Pick<Route, 'caller' | 'method' | 'access'>>(
  route: R,
  headers: Headers,
  needs: Needs,
): Promise<Principal<R['caller']>> {
  const { caller } = route
  const principal = caller === 'anyone' ? { caller } : await holderOf(caller, headers, needs)
  if (!speaksFor<R['caller']>(caller, principal))
    throw new Refusal('KEY_UNKNOWN', 'The key is of another kind than this address is for.')
  if ('scope' in principal && principal.scope === 'read' && accessOf(route) === 'write')
    throw new Refusal('KEY_READ_ONLY', 'This key may read and not write: use one of a wider scope.')
  return principal
}

async function holderOf(caller: Exclude<Caller, 'anyone'>, headers: Headers, needs: Needs): Promise<KeyHolder> {
  const { key, by } = presented[caller](headers)
  if (!key) throw new Refusal('KEY_REQUIRED', howTo[caller], { headers: { 'www-authenticate': 'Bearer' } })
  const holder = isAccessKey(key) ? await needs.accessKeys.holderOf(sha256(key)) : undefined
  if (!holder || isPublishable(holder) !== (by === 'x-source-key'))
    throw new Refusal('KEY_UNKNOWN', 'The key is mistyped or no longer valid.')
  if (holder.keyId) await noteUse(holder.keyId, needs)
  return holder
}

// What is shown in every page opens nothing that a secret key opens, and a secret key has no place in a page.
function isPublishable(holder: KeyHolder): boolean {
  return holder.caller === 'source' && holder.scope === 'form'
}

/** As well as it can be done: nobody is turned away because a note could not be written. */
async function noteUse(keyId: string, { accessKeys, now, log }: Needs): Promise<void> {
  await accessKeys.noteUse(keyId, now()).catch((error: unknown) => log('key.unnoted', { keyId, error: String(error) }))
}

type Presented = { key: string | undefined; by: 'x-source-key' | 'authorization' }
const presented = {
  source: (headers) => {
    const key = headers['x-source-key']
    return key ? { key, by: 'x-source-key' } : bearer(headers)
  },
  school: bearer,
  operator: bearer,
} satisfies { [caller in Exclude<Caller, 'anyone'>]: (headers: Headers) => Presented }

const howTo = {
  source: 'Send the publishable key of the source as X-Source-Key, or its secret key as Authorization: Bearer <key>.',
  school: 'Send the key of the school as Authorization: Bearer <key>.',
  operator: 'Send a staff key as Authorization: Bearer <key>.',
}

function bearer(headers: Headers): Presented {
  return { key: /^Bearer +(\S{1,300})$/i.exec(headers.authorization ?? '')?.[1], by: 'authorization' }
}

function speaksFor<C extends Caller>(caller: Caller, principal: { caller: Caller }): principal is Principal<C> {
  return principal.caller === caller
}
