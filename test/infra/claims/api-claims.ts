import { expect, it } from 'vitest'
import { formatRouteKey } from '#shared/contract/route.ts'
import { folders, routes } from '#shared/contract/routes.ts'
import { findRouteLambda, type SynthesizedApp } from '../synthesize.ts'

/** What must hold of the API, whatever the stage. */
export function apiClaims(built: () => SynthesizedApp): void {
  const listDeployed = () =>
    built()
      .service.of('ApiGatewayV2::Route')
      .map(({ RouteKey }) => String(RouteKey))
  const contractKeys = folders.flatMap((folder) => routes[folder].map(formatRouteKey))
  const headKeys = contractKeys.filter((key) => key.startsWith('GET ')).map((key) => key.replace('GET', 'HEAD'))
  const toAny = (key: string) => key.replace(/^\w+/, 'ANY')

  it('has every route of the contract, HEAD wherever there is GET, the fallback, and no other', () => {
    const deployed = listDeployed()
    const expected = [...contractKeys, ...headKeys].map((key) => (deployed.includes(toAny(key)) ? toAny(key) : key))
    expect(deployed.toSorted()).toEqual([...new Set([...expected, '$default'])].toSorted())
  })

  it('has fewer routes than the 300 that AWS allows, with room for more', () => {
    expect(listDeployed().length).toBeLessThan(260)
  })

  it('takes any method only at paths that no page of another origin calls, so that API Gateway answers preflights', () => {
    const crossOrigin = [...routes.catalog, ...routes.capture].map(({ path }) => `ANY ${path}`)
    expect(listDeployed().filter((key) => crossOrigin.includes(key))).toEqual([])
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
