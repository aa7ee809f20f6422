import { Refusal } from '../contract/problems.ts'
import { type Caller, getRequiredAccess, type Route } from '../contract/route.ts'
import { isAccessKey } from '../platform/access-keys.ts'
import { sha256 } from '../platform/digests.ts'
import type { accessKeyStore, KeyHolder } from '../store/access/access-key-store.ts'
import {
  authorizeSession,
  type PersonPrincipal,
  readApp,
  type SessionCaller,
  type SessionDependencies,
  type SignedInPerson,
} from './authorize-session.ts'

export type AccessKeys = Pick<ReturnType<typeof accessKeyStore>, 'findHolder' | 'recordUse'>
type Headers = { [name: string]: string | undefined }
type AuthorizeDependencies = SessionDependencies & { accessKeys: AccessKeys }
type Credentials = { headers: Headers; cookies?: readonly string[] | undefined }

/** The caller of a request: anyone, the holder of its key, or a signed-in person. */
export type Principal<C extends Caller> = C extends 'anyone'
  ? { caller: 'anyone' }
  : C extends 'person'
    ? PersonPrincipal
    : Extract<KeyHolder, { caller: C }> & { person?: SignedInPerson | undefined }

/**
 * Returns who calls. A key counts before a session, and a session only with the header of console or portal. @throws Refusal if
 * the key or session is missing, unknown, of another kind, or not allowed to do this.
 */
export async function authorize<
  R extends Pick<Route, 'name' | 'caller' | 'method' | 'access' | 'secretKey' | 'withoutSecondFactor'>,
>(route: R, credentials: Credentials, deps: AuthorizeDependencies): Promise<Principal<R['caller']>> {
  const { caller } = route
  const principal = caller === 'anyone' ? { caller } : await requirePrincipal(route, caller, credentials, deps)
  if (!isPrincipal<R['caller']>(caller, principal))
    throw new Refusal('KEY_INVALID', 'This kind of key cannot be used for this operation.')
  if ('scope' in principal && principal.scope === 'read' && getRequiredAccess(route) === 'write')
    throw new Refusal('KEY_READ_ONLY', 'This key is read-only. Use a key with a wider scope.')
  if (route.secretKey && 'scope' in principal && principal.scope === 'form')
    throw new Refusal(
      'SECRET_KEY_REQUIRED',
      'Anyone can read a publishable key in a page. Send the secret key of the source as Authorization: Bearer <key>.',
    )
  return principal
}

async function requirePrincipal(
  route: Pick<Route, 'name' | 'caller' | 'withoutSecondFactor' | 'secretKey'>,
  caller: Exclude<Caller, 'anyone'>,
  { headers, cookies = [] }: Credentials,
  deps: AuthorizeDependencies,
): Promise<KeyHolder | SessionCaller> {
  // A form that sends leads has the key of its source, whatever cookies the browser has.
  const takesSession = caller !== 'source' || route.secretKey === true
  const app = takesSession && headers.authorization === undefined ? readApp(headers) : undefined
  if (app) return authorizeSession(route, { app, cookies }, deps)
  if (caller === 'person') throw new Refusal('SESSION_INVALID', 'Only people who are signed in can do this.')
  return requireHolder(caller, headers, deps)
}

async function requireHolder(caller: KeyCaller, headers: Headers, deps: AuthorizeDependencies): Promise<KeyHolder> {
  const { key, by } = keyReaders[caller](headers)
  if (!key) throw new Refusal('KEY_REQUIRED', keyInstructions[caller], { headers: { 'www-authenticate': 'Bearer' } })
  const holder = isAccessKey(key) ? await deps.accessKeys.findHolder(sha256(key)) : undefined
  if (!holder || isPublishable(holder) !== (by === 'x-source-key'))
    throw new Refusal('KEY_INVALID', 'The key is mistyped or no longer valid.')
  if (holder.keyId && !deps.isReadOnly?.()) await recordUse(holder.keyId, deps)
  return holder
}

// A publishable key is refused where a secret one is required, and the other way round.
function isPublishable(holder: KeyHolder): boolean {
  return holder.caller === 'source' && holder.scope === 'form'
}

/** Best effort: a request does not fail because the last use of its key could not be recorded. */
async function recordUse(keyId: string, { accessKeys, now, log }: AuthorizeDependencies): Promise<void> {
  await accessKeys
    .recordUse(keyId, now())
    .catch((error: unknown) => log('api_key.last_used_update_failed', { keyId, error: String(error) }))
}

type KeyCaller = Exclude<Caller, 'anyone' | 'person'>
type PresentedKey = { key: string | undefined; by: 'x-source-key' | 'authorization' }
const keyReaders = {
  source: (headers) => {
    const key = cleanKey(headers['x-source-key'] ?? '')
    return key ? { key, by: 'x-source-key' } : readBearerKey(headers)
  },
  school: readBearerKey,
  operator: readBearerKey,
} satisfies { [caller in KeyCaller]: (headers: Headers) => PresentedKey }

const keyInstructions = {
  source: 'Send the publishable key of the source as X-Source-Key, or its secret key as Authorization: Bearer <key>.',
  school: 'Send the key of the school as Authorization: Bearer <key>.',
  operator: 'Send a staff key as Authorization: Bearer <key>.',
}

function readBearerKey(headers: Headers): PresentedKey {
  const [, key] = /^Bearer[ \t]+(.{1,300})$/i.exec(headers.authorization ?? '') ?? []
  return { key: key && cleanKey(key), by: 'authorization' }
}

/** A pasted key may carry invisible marks, which a header holds as other bytes. Keys are ASCII. */
function cleanKey(key: string): string {
  return key.replace(/[^\x21-\x7E]/g, '')
}

function isPrincipal<C extends Caller>(caller: Caller, principal: { caller: Caller }): principal is Principal<C> {
  return principal.caller === caller
}
