import { invalidFields } from '#shared/contract/problems.ts'
import { postbackSecretContext } from '#shared/domain/aftercare/postback.ts'
import {
  type InboundKeys,
  inboundKeyContext,
  inboundKeyOverlapHours,
  inboundTokenContext,
  inboundVerifyContext,
} from '#shared/domain/capture/inbound/inbound-terms.ts'
import { type Source, type StoredSource, turnstileSecretContext } from '#shared/domain/capture/source.ts'
import { addHours } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type SecretInput = string | null | undefined
type SecretName = 'turnstileSecret' | 'postbackSecret' | 'inboundKey' | 'inboundVerifyToken' | 'inboundAccessToken'
type SourceSecrets = { [Name in SecretName]: SecretInput }

/** Returns the sealed secrets that a write of a source leaves. @throws Refusal if its terms need one that it has not */
export function sealSourceSecrets(
  {
    id,
    source,
    secrets,
    at,
  }: { id: string; source: Pick<Source, 'postback' | 'inbound'>; secrets: SourceSecrets; at: string },
  previous: StoredSource['sealed'],
  deps: Pick<Dependencies, 'sealer'>,
): StoredSource['sealed'] {
  const reseal = (secret: SecretInput, context: string, previousSecret: string | undefined) =>
    resealSecret(secret, { context, previous: previousSecret }, deps)
  const turnstile = reseal(secrets.turnstileSecret, turnstileSecretContext(id), previous?.turnstile)
  const postback = reseal(secrets.postbackSecret, postbackSecretContext(id), previous?.postback)
  if (source.postback?.kind === 'webhook' && postback === undefined) throw secretRequired('/postbackSecret')
  const keys = rotateKeys(
    secrets.inboundKey,
    { context: inboundKeyContext(id), previous: previous?.inboundKeys, at },
    deps,
  )
  if (source.inbound && keys.length === 0)
    throw invalidFields([
      { pointer: '/inboundKey', code: 'required', detail: 'is required for lead forms: 16 to 50 characters' },
    ])
  const verify = reseal(secrets.inboundVerifyToken, inboundVerifyContext(id), previous?.inboundVerify)
  const token = reseal(secrets.inboundAccessToken, inboundTokenContext(id), previous?.inboundToken)
  const missing = { inboundVerifyToken: verify, inboundAccessToken: token }
  if (source.inbound?.vendor === 'meta' && (verify === undefined || token === undefined))
    throw invalidFields(
      Object.entries(missing).flatMap(([name, sealed]) =>
        sealed === undefined
          ? [{ pointer: `/${name}`, code: 'required', detail: 'is required for forms of Meta' }]
          : [],
      ),
    )
  const sealed = {
    ...(turnstile !== undefined && { turnstile }),
    ...(postback !== undefined && { postback }),
    ...(keys.length > 0 && { inboundKeys: keys }),
    ...(verify !== undefined && { inboundVerify: verify }),
    ...(token !== undefined && { inboundToken: token }),
  }
  return Object.keys(sealed).length > 0 ? sealed : undefined
}

/** The vendor goes on sending the key before until someone has entered the new one there. */
function rotateKeys(
  key: SecretInput,
  { context, previous = [], at }: { context: string; previous: InboundKeys | undefined; at: string },
  { sealer }: Pick<Dependencies, 'sealer'>,
): InboundKeys {
  if (key === undefined) return previous
  if (key === null) return []
  const [newest] = previous
  if (newest && newest.endsAt === undefined && sealer.open(context, newest.sealed) === key) return previous
  const endsAt = addHours(at, inboundKeyOverlapHours)
  const ending = previous
    .filter((one) => one.endsAt === undefined || one.endsAt > at)
    .slice(0, maxEndingKeys)
    .map((one) => ({ endsAt, ...one }))
  return [{ sealed: sealer.seal(context, key) }, ...ending]
}

const maxEndingKeys = 3

/** Returns the sealed secret that a write leaves: a new one, none for `null`, or the one before. */
export function resealSecret(
  secret: string | null | undefined,
  { context, previous }: { context: string; previous: string | undefined },
  { sealer }: Pick<Dependencies, 'sealer'>,
): string | undefined {
  if (secret === undefined) return previous
  return secret === null ? undefined : sealer.seal(context, secret)
}

export function secretRequired(pointer: string) {
  const detail = 'is required for a webhook: whsec_ and 24 to 64 bytes in base64'
  return invalidFields([{ pointer, code: 'required', detail }])
}
