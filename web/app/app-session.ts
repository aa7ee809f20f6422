import { type BrowserClient, captureProblem, createBrowserClient } from './browser-client.tsx'
import type { ApiProblem } from './text/problem-text.ts'

/** What an app says about its keys and sessions. */
export type SessionDefinition = {
  /** Returns who a key belongs to. */
  describe: (call: BrowserClient) => Promise<{ name?: string | undefined; problem?: ApiProblem | undefined }>
  /** Ends the session of a key on the server. Absent: the app has keys only, which stay valid. */
  end?: (call: BrowserClient) => Promise<{ problem?: ApiProblem | undefined }>
  /** A sign-in link that passes a token after `#{name}=`. */
  link?: {
    name: string
    /** Exchanges the token for a key. @throws Error with a message for people */
    redeem: (token: string) => Promise<string>
    /** Returns who the link signs in, without using it. */
    describe: (token: string) => string | undefined
  }
}

/** A session that was passed in the address of the page. */
export type IncomingSession = { kind: 'key'; key: string } | { kind: 'link'; token: string }
export type AppSession = ReturnType<typeof createAppSession>

/** Codes after which a key is no session: it was ended before, or is an API key. */
const endedCodes: readonly string[] = ['KEY_INVALID', 'KEY_REQUIRED', 'NOT_A_SESSION']

export function createAppSession({ describe, end, link }: SessionDefinition) {
  const createKeyClient = (key: string) => createBrowserClient({ key, onKeyRejected: () => undefined })
  return {
    /** Returns who a key belongs to. The name is absent if it cannot be read now. */
    async describe(key: string): Promise<{ name?: string | undefined; isRejected: boolean }> {
      const response = await captureProblem(() => describe(createKeyClient(key)))
      return 'name' in response
        ? { name: response.name, isRejected: response.problem?.code === 'KEY_INVALID' }
        : { isRejected: response.problem?.code === 'KEY_INVALID' }
    },
    describeLink: (token: string) => link?.describe(token),

    /** Ends the session of a key on the server. Returns false if it may still be valid. */
    async end(key: string): Promise<boolean> {
      if (!end) return true
      const { problem } = await captureProblem(() => end(createKeyClient(key)))
      return problem === undefined || endedCodes.includes(problem.code)
    },

    /** @throws Error with a message for people */
    async redeem(incoming: IncomingSession): Promise<string> {
      if (incoming.kind === 'key') return incoming.key
      if (!link) throw new Error('This app has no sign-in links.')
      return link.redeem(incoming.token)
    },
  }
}
