import { createClient } from '#shared/contract/client.ts'
import { readProfile } from './read-profile.ts'
import { stop } from './stop.ts'

/** The options that every command takes. */
export type GlobalOptions = { url?: string; key?: string; profile?: string; json?: true }
export type ApiClient = ReturnType<typeof connect>

/** A typed client with the staff key; without one there is nothing to do. */
export function connect(settings: GlobalOptions) {
  const { url, key } = resolveTarget(settings)
  if (!key)
    stop({
      title: 'A staff key is needed: give --key or --profile, or set PROSPECTUS_KEY. npm start prints one.',
      ends: 'unreached',
    })
  return createClient({ baseUrl: url, headers: { authorization: `Bearer ${key}` }, fetch: fetchOrStop(url) })
}

/** What is said on the line counts before the profile, and a profile before the environment. */
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
  return (...request) =>
    fetch(...request).catch(() =>
      stop({ title: `Nothing answers at ${url}. Is it running? --url says where it is.`, ends: 'unreached' }),
    )
}
