import { createHash, timingSafeEqual } from 'node:crypto'
import type { APIGatewayProxyEventV2 as ApiEvent } from 'aws-lambda'
import { edgeHeader, viewerHeader } from '../contract/edge.ts'
import { Refusal } from '../contract/problems.ts'
import { parseIpAddress } from '../domain/fields/ip-address.ts'

/** Returns the secrets that the edge may send: one, or two during a rotation. */
export type EdgeSecrets = () => Promise<readonly string[]>

/**
 * Returns the event with the visitor's address. Behind an edge, the connection's address is the edge's, and the
 * visitor's is in a header that is trusted only with the edge's secret. Without an edge the header is ignored.
 * @throws Refusal EDGE_REQUIRED for a request that bypasses the edge.
 */
export async function verifyEdgeEvent(event: ApiEvent, edgeSecrets: EdgeSecrets | undefined): Promise<ApiEvent> {
  if (!edgeSecrets) return event
  const proof = event.headers[edgeHeader] ?? ''
  // Compares every value in constant time, so that timing reveals nothing.
  const matches = (await edgeSecrets()).map((secret) => isSameSecret(proof, secret))
  if (!matches.includes(true)) throw new Refusal('EDGE_REQUIRED', 'This is not the public address of the API.')

  const { requestContext } = event
  const sourceIp = parseViewerAddress(event.headers[viewerHeader]) ?? requestContext.http.sourceIp
  return { ...event, requestContext: { ...requestContext, http: { ...requestContext.http, sourceIp } } }
}

/** Accepts `198.51.100.7:46532` and `2001:db8::7:46532`, with or without brackets. */
function parseViewerAddress(header = ''): string | undefined {
  const isIpv6WithPort = !header.startsWith('[') && !header.includes('.')
  return parseIpAddress(isIpv6WithPort ? header.replace(/:\d+$/, '') : header)
}

function isSameSecret(one: string, other: string): boolean {
  return other !== '' && timingSafeEqual(digest(one), digest(other))
}

const digest = (text: string) => createHash('sha256').update(text).digest()
