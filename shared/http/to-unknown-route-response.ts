import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 as HttpResponse } from 'aws-lambda'
import { pagePaths } from '../contract/about.ts'
import { findRoute } from '../contract/find-route.ts'
import { Refusal } from '../contract/problems.ts'
import { toProblemResponse } from './to-http-response.ts'

type UnknownRouteEvent = Pick<APIGatewayProxyEventV2, 'requestContext' | 'rawPath' | 'rawQueryString'>

/**
 * Responds to a request that matches no route: with the allowed methods, with a redirect to the same path without a slash
 * at its end and without empty segments, which a base URL with a slash at its end makes, or with 404.
 */
export function toUnknownRouteResponse({ requestContext, rawPath, rawQueryString }: UnknownRouteEvent): HttpResponse {
  const { method } = requestContext.http
  const allow = listAllowed(method, rawPath)
  if (allow.length > 0) return toAllowResponse(method, allow.join(', '))
  const path = rawPath.replace(/\/{2,}/g, '/').replace(/\/$/, '')
  if (path !== rawPath && (isPage(path) || findsRoute(method, path))) return redirect(path, rawQueryString)
  return toProblemResponse(new Refusal('ROUTE_NOT_FOUND', 'See /docs for all operations.'))
}

const allMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

function listAllowed(method: string, path: string): readonly string[] {
  // `OPTIONS *` asks about the whole server.
  if (path === '*') return allMethods
  const routeLookup = findRoute(method, path)
  return 'allow' in routeLookup ? routeLookup.allow : []
}

function toAllowResponse(method: string, allow: string): HttpResponse {
  if (method === 'OPTIONS') return { statusCode: 204, headers: { allow, 'cache-control': 'no-store' } }
  return toProblemResponse(new Refusal('METHOD_NOT_ALLOWED', `This path supports ${allow}.`, { headers: { allow } }))
}

function isPage(path: string): boolean {
  return pagePaths.some((page) => page === path)
}

function findsRoute(method: string, path: string): boolean {
  const routeLookup = findRoute(method, path)
  return 'route' in routeLookup || routeLookup.allow.length > 0
}

/** 308 keeps method and body. The path is one of ours, so it leads to no other host. */
function redirect(path: string, query: string): HttpResponse {
  const location = `${path.split('/').map(encodeURIComponent).join('/')}${query === '' ? '' : `?${query}`}`
  return { statusCode: 308, headers: { location, 'cache-control': 'no-store' } }
}
