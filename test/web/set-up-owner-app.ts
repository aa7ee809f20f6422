import type { Host } from '#local/host.ts'
import { confirmSecondFactor, startSecondFactor } from '#shared/contract/access/second-factor.ts'
import { appHeader } from '#shared/contract/access/session-carriers.ts'
import { signIn } from '#shared/contract/access/sign-in.ts'
import { createClient } from '#shared/contract/client.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { createApp } from '#test/functions/operator/access/people/create-owner-with-app.ts'

/** Signs in the sample owner of staff, without a browser, and sets up an authenticator app. Returns what shows its codes. */
export async function setUpOwnerApp({ urls, signInLinks }: Host) {
  const cookies: string[] = []
  const call = createClient({
    baseUrl: urls.api,
    fetch: async (input, init) => {
      const headers = {
        ...Object.fromEntries(new Headers(init?.headers)),
        [appHeader]: 'console',
        cookie: cookies.join('; '),
      }
      const response = await fetch(input, { ...init, headers })
      cookies.push(...response.headers.getSetCookie().map((line) => line.split(';')[0] ?? ''))
      return response
    },
  })
  await call(signIn, { body: { token: signInLinks.console.split('=')[1] ?? '' } })
  const { body } = await call(startSecondFactor, { body: {} })
  const showCode = createApp(systemDependencies, body?.secret ?? '')
  const { status } = await call(confirmSecondFactor, { body: { code: showCode() } })
  if (status !== 201) throw new Error(`The app was not set up: ${status}`)
  return showCode
}
