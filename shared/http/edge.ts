import { createHash, timingSafeEqual } from 'node:crypto'
import type { APIGatewayProxyEventV2 as ApiEvent } from 'aws-lambda'
import * as z from 'zod'
import { edgeHeader, viewerHeader } from '../contract/edge.ts'
import { Refusal } from '../contract/problems.ts'

/** What the edge says to prove itself; two values while one takes over from the other. */
export type EdgeSecrets = () => Promise<readonly string[]>

/**
 * The event as if its visitor had come straight to us: behind an edge, the address of the connection is the edge's,
 * and who really asks stands in a header that only the edge may be believed. Where there is no edge, no header is.
 * @throws Refusal for whoever goes round the edge.
 */
export async function verifyEdgeEvent(event: ApiEvent, edgeSecrets: EdgeSecrets | undefined): Promise<ApiEvent> {
  if (!edgeSecrets) return event
  const proof = event.headers[edgeHeader] ?? ''
  // Every value is compared, and each in constant time: how long it takes tells nothing.
  const matches = (await edgeSecrets()).map((secret) => isSameSecret(proof, secret))
  if (!matches.includes(true)) throw new Refusal('EDGE_REQUIRED', 'This is not the public address of the API.')

  const { requestContext } = event
  const sourceIp = parseViewerAddress(event.headers[viewerHeader]) ?? requestContext.http.sourceIp
  return { ...event, requestContext: { ...requestContext, http: { ...requestContext.http, sourceIp } } }
}

/** As in `198.51.100.7:46532` and `2001:db8::7:46532`, with or without brackets. */
function parseViewerAddress(header = ''): string | undefined {
  const ip = header.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
  return address.safeParse(ip).data
}

const address = z.union([z.ipv4(), z.ipv6()])

function isSameSecret(one: string, other: string): boolean {
  return other !== '' && timingSafeEqual(digest(one), digest(other))
}

const digest = (text: string) => createHash('sha256').update(text).digest()
