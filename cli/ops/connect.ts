import { client } from '#shared/contract/client.ts'
import { profileNamed } from './profiles.ts'
import { stop } from './stop.ts'

/** The options that every command takes. */
export type Settings = { url?: string; key?: string; profile?: string; json?: true }
export type Call = ReturnType<typeof connect>

/** A typed client with the staff key; without one there is nothing to do. */
export function connect(settings: Settings) {
  const { url, key } = placeOf(settings)
  if (!key)
    stop({
      title: 'A staff key is needed: give --key or --profile, or set PROSPECTUS_KEY. npm start prints one.',
      ends: 'unreached',
    })
  return client({ baseUrl: url, headers: { authorization: `Bearer ${key}` }, fetch: reach(url) })
}

/** What is said on the line counts before the profile, and a profile before the environment. */
export function placeOf({ url, key, profile }: Settings): { url: string; key: string | undefined } {
  const { PROSPECTUS_URL, PROSPECTUS_KEY, PROSPECTUS_PROFILE } = process.env
  const named = profile ?? (url === undefined ? PROSPECTUS_PROFILE : undefined)
  const kept = named === undefined ? undefined : profileNamed(named)
  return {
    url: url ?? kept?.url ?? PROSPECTUS_URL ?? 'http://127.0.0.1:3000',
    key: key ?? kept?.key ?? PROSPECTUS_KEY,
  }
}

function reach(url: string): typeof fetch {
  return (...request) =>
    fetch(...request).catch(() =>
      stop({ title: `Nothing answers at ${url}. Is it running? --url says where it is.`, ends: 'unreached' }),
    )
}
