import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 as HttpResponse } from 'aws-lambda'
import * as z from 'zod'
import { pagePaths } from '../contract/about.ts'
import { listAllowedMethods } from '../contract/list-allowed-methods.ts'
import { matchPath } from '../contract/match-path.ts'
import { Refusal } from '../contract/problems.ts'
import { toProblemResponse } from './to-http-response.ts'

type UnknownRouteEvent = Pick<APIGatewayProxyEventV2, 'requestContext' | 'rawPath' | 'rawQueryString'>
export type LoadOpenapi = () => Promise<{ [name: string]: unknown }>

/**
 * Responds to a request that matches no route: with the allowed methods, with a redirect to the same path without a slash
 * at its end and without empty segments, which a base URL with a slash at its end makes, or with 404. The routes are those of
 * the OpenAPI document, so that a Lambda need not load the contracts of all others.
 */
export async function toUnknownRouteResponse(
  { requestContext, rawPath, rawQueryString }: UnknownRouteEvent,
  loadOpenapi: LoadOpenapi,
): Promise<HttpResponse> {
  const { method } = requestContext.http
  const { paths } = openapi.parse(await loadOpenapi())
  const listMethods = (path: string) =>
    listAllowedMethods(
      Object.entries(paths).flatMap(([template, operations]) =>
        matchPath(template, path) ? Object.keys(operations).map((name) => name.toUpperCase()) : [],
      ),
    )
  // `OPTIONS *` asks about the whole server.
  const allow = rawPath === '*' ? allMethods : listMethods(rawPath)
  if (allow.length > 0) return toAllowResponse(method, allow.join(', '))
  const path = rawPath.replace(/\/{2,}/g, '/').replace(/\/$/, '')
  if (path !== rawPath && (isPage(path) || listMethods(path).length > 0)) return redirect(path, rawQueryString)
  return toProblemResponse(new Refusal('ROUTE_NOT_FOUND', 'See /docs for all operations.'))
}

const allMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** The response to a method that a path does not have. @param allow the methods that it has, as the header names them */
export function toAllowResponse(method: string, allow: string): HttpResponse {
  if (method === 'OPTIONS') return { statusCode: 204, headers: { allow, 'cache-control': 'no-store' } }
  return toProblemResponse(new Refusal('METHOD_NOT_ALLOWED', `This path supports ${allow}.`, { headers: { allow } }))
}

function isPage(path: string): boolean {
  return pagePaths.some((page) => page === path)
}

/** 308 keeps method and body. The path is one of ours, so it leads to no other host. */
function redirect(path: string, query: string): HttpResponse {
  const location = `${path.split('/').map(encodeURIComponent).join('/')}${query === '' ? '' : `?${query}`}`
  return { statusCode: 308, headers: { location, 'cache-control': 'no-store' } }
}

const openapi = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
