import { landingText } from '../../words/landing.ts'
import type { Site } from '../landing-request.ts'
import { landingRoot } from '../landing-request.ts'

/** The `BreadcrumbList` of schema.org from the home page to a page. */
export function buildBreadcrumb(pages: readonly { name: string; path: string }[], { origin }: Site) {
  const all = [{ name: landingText.home, path: '/' }, { name: landingText.allCareers, path: landingRoot }, ...pages]
  return {
    '@context': 'https://schema.org',
    '@type': 'BreadcrumbList',
    itemListElement: all.map(({ name, path }, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name,
      item: `${origin}${path}`,
    })),
  }
}
