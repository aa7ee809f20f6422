import * as z from 'zod'
import { getDiscoveryUrl } from '#shared/outbound/oidc/oidc-settings.ts'
import { type CheckResult, fail, pass } from './check-result.ts'

/** Reads the metadata of an OpenID provider. @throws if it cannot be read */
export type ReadProvider = (url: string) => Promise<unknown>

/**
 * Whether staff can sign in at a provider: its metadata must name the issuer of the setting, letter for letter (OpenID Connect
 * Discovery 1.0, section 4.3), and the two addresses that a sign-in needs.
 */
export async function checkProvider(issuer: string, read: ReadProvider): Promise<CheckResult> {
  const url = getDiscoveryUrl(issuer)
  const content = await read(url).catch(() => undefined)
  if (content === undefined)
    return fail(`no response from ${url}`, 'Check the address of the issuer, and that this machine reaches it.')
  const { data } = metadata.safeParse(content)
  if (!data) return fail(`${url} is not the metadata of an OpenID provider`, 'Check the address of the issuer.')
  return data.issuer === issuer
    ? pass(issuer)
    : fail(`the provider calls itself ${data.issuer}`, 'Write the issuer exactly like that, also its last slash.')
}

export async function readProvider(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) })
  return response.json()
}

const metadata = z.object({ issuer: z.string(), authorization_endpoint: z.url(), token_endpoint: z.url() })
const timeoutMs = 5000
