import { expect, it } from 'vitest'
import { formatRouteKey } from '#shared/contract/route.ts'
import { folders, routes } from '#shared/contract/routes.ts'
import { findRouteLambda, type SynthesizedApp } from '../synthesize.ts'

/** What must hold of the API, whatever the stage. */
export function apiClaims(built: () => SynthesizedApp): void {
  it('has every route of the contract, HEAD wherever there is GET, the fallback, and no other', () => {
    const contractKeys = folders.flatMap((folder) => routes[folder].map(formatRouteKey))
    const headKeys = contractKeys.filter((key) => key.startsWith('GET ')).map((key) => key.replace('GET', 'HEAD'))
    const expected = [...contractKeys, ...headKeys]
    const deployed = built()
      .service.of('ApiGatewayV2::Route')
      .map(({ RouteKey }) => RouteKey)
    expect(deployed.toSorted()).toEqual([...expected, '$default'].toSorted())
  })

  it.each(folders)('sends each route of %s to its own Lambda', (folder) => {
    const { id } = built().service.lambda(folder)
    for (const route of routes[folder]) expect(findRouteLambda(built().service, formatRouteKey(route))).toBe(id)
  })

  it('allows the headers of landing pages in CORS, but no school or staff key', () => {
    expect(built().service.of('ApiGatewayV2::Api')).toMatchObject([
      {
        CorsConfiguration: {
          AllowOrigins: ['*'],
          AllowHeaders: ['content-type', 'idempotency-key', 'traceparent', 'x-source-key'],
        },
      },
    ])
  })

  it('writes no personal data to its access log', () => {
    const [apiStage] = built().service.of('ApiGatewayV2::Stage')
    const format = JSON.stringify(apiStage?.AccessLogSettings)
    expect(format).toContain('$context.routeKey')
    expect(format).not.toMatch(/sourceIp|userAgent|\$context\.path|querystring|request\.header/i)
  })
}
