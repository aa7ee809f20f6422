import { setTimeout } from 'node:timers/promises'
import { createClient } from '#shared/contract/client.ts'
import { readProfile } from './read-profile.ts'
import { repeatWhenRefused } from './repeat-when-refused.ts'
import { stop } from './stop.ts'

/** The options that every command takes. */
export type GlobalOptions = { url?: string; key?: string; profile?: string; json?: true }
export type ApiClient = ReturnType<typeof connect>

/** A typed client with the staff key. Exits with code 3 if there is no key. */
export function connect(settings: GlobalOptions) {
  const { url, key } = resolveTarget(settings)
  if (!key)
    stop({
      title: 'A staff API key is required: pass --key or --profile, or set PROSPECTUS_KEY. npm start prints one.',
      ends: 'unreachable',
    })
  return createClient({ baseUrl: url, headers: { authorization: `Bearer ${key}` }, fetch: fetchOrStop(url) })
}

export type SourceClient = ReturnType<typeof connectAsSource>

/** A typed client with the secret key of a source. Exits with code 3 if there is no such key. */
export function connectAsSource({ sourceKey, ...settings }: GlobalOptions & { sourceKey?: string }) {
  const { url } = resolveTarget(settings)
  const key = sourceKey ?? process.env.PROSPECTUS_SOURCE_KEY
  if (!key?.startsWith('sk_'))
    stop({
      title:
        'The secret key of a source is required: pass --source-key or set PROSPECTUS_SOURCE_KEY. ' +
        '`npm run ops -- keys create` makes one for the server of a source.',
      ends: 'unreachable',
    })
  return createClient({ baseUrl: url, headers: { authorization: `Bearer ${key}` }, fetch: fetchOrStop(url) })
}

/** Options come before the profile, and the profile before environment variables. */
export function resolveTarget({ url, key, profile }: GlobalOptions): { url: string; key: string | undefined } {
  const { PROSPECTUS_URL, PROSPECTUS_KEY, PROSPECTUS_PROFILE } = process.env
  const profileName = profile ?? (url === undefined ? PROSPECTUS_PROFILE : undefined)
  const storedProfile = profileName === undefined ? undefined : readProfile(profileName)
  return {
    url: url ?? storedProfile?.url ?? PROSPECTUS_URL ?? 'http://127.0.0.1:3000',
    key: key ?? storedProfile?.key ?? PROSPECTUS_KEY,
  }
}

function fetchOrStop(url: string): typeof fetch {
  const send: typeof fetch = (...request) =>
    fetch(...request).catch(() =>
      stop({ title: `No response from ${url}. Check that it is running, or pass another --url.`, ends: 'unreachable' }),
    )
  return repeatWhenRefused(send, {
    wait: setTimeout,
    now: Date.now,
    onWait: (seconds, status) =>
      console.error(
        `${status === 429 ? 'Rate limit reached' : 'Temporarily unavailable'}: the request is sent again in ${seconds} s.`,
      ),
  })
}
