import { matchSchools, submitLead } from '#shared/contract/capture/capture.ts'
import type { Route } from '#shared/contract/route.ts'

/** A variable of the shell, so that no page and no history has the key. */
const keyPlaceholder = '$SECRET_KEY'

/** The two requests of a lead with the examples of the contract, as commands for a shell. */
export function buildCurlCommands(origin: string): { match: string; lead: string } {
  return {
    match: buildCurl(origin, matchSchools, matchSchools.example.body),
    lead: buildCurl(origin, submitLead, { ...submitLead.example.body, test: true }, [
      `  -H 'idempotency-key: ${submitLead.example.headers['idempotency-key']}' \\`,
    ]),
  }
}

function buildCurl(
  origin: string,
  route: Pick<Route, 'method' | 'path'>,
  body: object,
  headers: string[] = [],
): string {
  return [
    `curl -X ${route.method} ${origin}${route.path} \\`,
    `  -H "authorization: Bearer ${keyPlaceholder}" \\`,
    "  -H 'content-type: application/json' \\",
    ...headers,
    `  -d '${JSON.stringify(body, null, 2)}'`,
  ].join('\n')
}
