import type { client } from '#shared/contract/client.ts'

/** A request to the landing page, as any host can tell it. Header names are in lower case. */
export type LandingRequest = {
  method: string
  path: string
  query: URLSearchParams
  headers: { readonly [name: string]: string | undefined }
  body: string
  ip: string
}
export type LandingAnswer = { status: number; headers: { [name: string]: string }; body: string }

/** The API, as it is called for one visitor. */
export type Call = ReturnType<typeof client>
export type Setup = {
  /** Of this landing page and of the API and the widget, which are at home at the same address. */
  origin: string
  sourceKey: string
  callFor: (visitor: { ip: string; userAgent: string | undefined }) => Call
  now: () => Date
  newKey: () => string
}
/** What every page is drawn from. */
export type Site = Pick<Setup, 'origin' | 'sourceKey'>

export const root = '/landing'
export const careerPath = (slug: string) => `${root}/${slug}`
