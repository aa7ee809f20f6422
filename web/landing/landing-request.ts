import type { createClient } from '#shared/contract/client.ts'
import type { Brand } from './brand.ts'

/** A request to the landing page, independent of the host. Header names are in lower case. */
export type LandingRequest = {
  method: string
  path: string
  query: URLSearchParams
  headers: { readonly [name: string]: string | undefined }
  body: string
  ip: string
}
export type LandingResponse = { status: number; headers: { [name: string]: string }; body: string }

/** The client of the API for one visitor. */
export type LandingClient = ReturnType<typeof createClient>
export type LandingSetup = {
  /** Origin of the landing page, the API and the widget. */
  origin: string
  sourceKey: string
  brand: Brand
  createClient: (visitor: { ip: string; userAgent: string | undefined }) => LandingClient
  now: () => Date
  createIdempotencyKey: () => string
}
export type ScriptVendor = 'turnstile' | 'trustedform'
/** What every page of a visit is rendered with. */
export type Site = Pick<LandingSetup, 'origin' | 'sourceKey' | 'brand'> & {
  /** UTM labels, sub IDs and click IDs of the visit. Every link and form within the site passes them on. */
  labels: URLSearchParams
  /** Whose scripts the widget loads, besides ours. */
  vendors?: readonly ScriptVendor[]
}
export type LandingVisit = LandingSetup & Site

/** The career that a page is about. */
export type LandingCareer = { slug: string; title: string }

export const landingRoot = '/landing'
export const getCareerPath = (slug: string) => `${landingRoot}/${slug}`
export const getProgramPath = (slug: string, programId: string) => `${getCareerPath(slug)}/programs/${programId}`
export const policyPaths = { privacy: '/privacy', terms: '/terms' } as const
export const siteFilePaths = { robots: '/robots.txt', sitemap: '/sitemap.xml', favicon: '/favicon.svg' } as const
const otherPaths: readonly string[] = ['/', ...Object.values(policyPaths), ...Object.values(siteFilePaths)]

/** Whether a path belongs to the landing pages; the rest of the host is the API and its other pages. */
export function isLandingPath(path: string): boolean {
  return path === landingRoot || path.startsWith(`${landingRoot}/`) || otherPaths.includes(path)
}

/** A path within the site with a query and the labels of the visit. A hash of the path comes after them. */
export function buildLink(path: string, { labels }: Pick<Site, 'labels'>, query: [string, string][] = []): string {
  const [address = '', hash] = path.split('#')
  const search = new URLSearchParams([...query, ...labels]).toString()
  return `${address}${search && `?${search}`}${hash === undefined ? '' : `#${hash}`}`
}
