import { listCareers } from '#shared/contract/catalog/catalog.ts'
import { renderNotFound } from './error-pages.ts'
import {
  type LandingClient,
  type LandingRequest,
  type LandingResponse,
  type LandingVisit,
  landingRoot,
  policyPaths,
  siteFilePaths,
} from './landing-request.ts'
import { type CareerCard, renderCareersPage } from './render-careers-page.ts'
import { renderHomePage } from './render-home-page.ts'
import { renderPolicyPage } from './render-policy-page.ts'
import { renderFavicon, renderRobots, renderSitemap } from './site-files.ts'

type PageContext = { call: LandingClient; site: LandingVisit }

/** A page or file that is not about one career. */
export async function showSitePage(
  { path, query }: LandingRequest,
  { call, site }: PageContext,
): Promise<LandingResponse> {
  switch (path) {
    case '/':
      return renderHomePage(await listAllCareers(call), (query.get('query') ?? '').trim().slice(0, 100), site)
    case landingRoot:
    case `${landingRoot}/`:
      return showCareers(query, { call, site })
    case siteFilePaths.robots:
      return renderRobots(site)
    case siteFilePaths.favicon:
      return renderFavicon(site)
    case siteFilePaths.sitemap:
      return renderSitemap(await listAllCareers(call), site)
    case policyPaths.privacy:
      return site.brand.isSample ? renderPolicyPage('privacy', site) : renderNotFound(site)
    case policyPaths.terms:
      return site.brand.isSample ? renderPolicyPage('terms', site) : renderNotFound(site)
    default:
      return renderNotFound(site)
  }
}

async function showCareers(query: URLSearchParams, { call, site }: PageContext): Promise<LandingResponse> {
  const cursor = query.get('cursor')
  const response = await call(listCareers, { query: { limit: 100, ...(cursor !== null && { cursor }) } })
  return response.status === 200 ? renderCareersPage(response.body, site) : renderNotFound(site)
}

/** A sitemap has at most 50,000 addresses. */
const maxPages = 500

async function listAllCareers(call: LandingClient): Promise<CareerCard[]> {
  const careers: CareerCard[] = []
  let cursor: string | undefined
  for (let page = 0; page < maxPages; page++) {
    const response: Awaited<ReturnType<typeof fetchPage>> = await fetchPage(call, cursor)
    if (response.status !== 200) break
    careers.push(...response.body.careers)
    cursor = response.body.page.nextCursor ?? undefined
    if (cursor === undefined) break
  }
  return careers
}

function fetchPage(call: LandingClient, cursor: string | undefined) {
  return call(listCareers, { query: { limit: 100, ...(cursor !== undefined && { cursor }) } })
}
