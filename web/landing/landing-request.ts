import type { createClient } from '#shared/contract/client.ts'

/** A request to the landing page, as any host can tell it. Header names are in lower case. */
export type LandingRequest = {
  method: string
  path: string
  query: URLSearchParams
  headers: { readonly [name: string]: string | undefined }
  body: string
  ip: string
}
export type LandingResponse = { status: number; headers: { [name: string]: string }; body: string }

/** The API, as it is called for one visitor. */
export type LandingClient = ReturnType<typeof createClient>
export type LandingSetup = {
  /** Of this landing page and of the API and the widget, which are at home at the same address. */
  origin: string
  sourceKey: string
  createClient: (visitor: { ip: string; userAgent: string | undefined }) => LandingClient
  now: () => Date
  createIdempotencyKey: () => string
}
/** What every page is drawn from. */
export type Site = Pick<LandingSetup, 'origin' | 'sourceKey'>

export const landingRoot = '/landing'
export const getCareerPath = (slug: string) => `${landingRoot}/${slug}`
