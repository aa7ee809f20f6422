import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { Refusal } from '../contract/problems.ts'
import type { Caller, Route } from '../contract/route.ts'
import type { credentials, KeyHolder } from '../store/credentials.ts'
import { isAccessKey } from './access-keys.ts'
import { sha256 } from './digests.ts'

export type Credentials = Pick<ReturnType<typeof credentials>, 'holderOf'>
type Headers = APIGatewayProxyEventV2['headers']

/** For whom a request speaks, by how each kind of caller says so. */
export type Principal<C extends Caller> = C extends 'anyone' ? { caller: 'anyone' } : Extract<KeyHolder, { caller: C }>

/** @throws Refusal where the caller is not of the kind that the route is for. */
export async function authorise<R extends Route>(
  { caller }: R,
  headers: Headers,
  keys: Credentials,
): Promise<Principal<R['caller']>> {
  const principal = caller === 'anyone' ? { caller } : await holderOf(presented[caller](headers), caller, keys)
  if (speaksFor<R['caller']>(caller, principal)) return principal
  throw new Refusal('KEY_UNKNOWN', 'The key is of another kind than this address is for.')
}

const presented = {
  source: (headers: Headers) => headers['x-source-key'],
  school: bearer,
  operator: bearer,
} satisfies { [caller in Exclude<Caller, 'anyone'>]: (headers: Headers) => string | undefined }

async function holderOf(
  key: string | undefined,
  caller: Exclude<Caller, 'anyone'>,
  keys: Credentials,
): Promise<KeyHolder> {
  if (!key) throw new Refusal('KEY_REQUIRED', howTo[caller], { headers: { 'www-authenticate': 'Bearer' } })
  const holder = isAccessKey(key) ? await keys.holderOf(sha256(key)) : undefined
  if (!holder) throw new Refusal('KEY_UNKNOWN', 'The key is mistyped or no longer valid.')
  return holder
}

const howTo = {
  source: 'Send the publishable key of the source as X-Source-Key.',
  school: 'Send the key of the school as Authorization: Bearer <key>.',
  operator: 'Send a staff key as Authorization: Bearer <key>.',
}

function bearer(headers: Headers): string | undefined {
  return /^Bearer +(\S{1,300})$/i.exec(headers.authorization ?? '')?.[1]
}

function speaksFor<C extends Caller>(caller: Caller, principal: { caller: Caller }): principal is Principal<C> {
  return principal.caller === caller
}
