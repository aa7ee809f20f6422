import { colors } from '../parts/colors.ts'

/** What a publisher sets to make the pages its own. */
export type Brand = {
  name: string
  tagline?: string | undefined
  /** An address of a picture that is shown beside the name. */
  logoUrl?: string | undefined
  /** The color of links and buttons, as `#rrggbb`. White text on it must be readable. */
  accentColor?: string | undefined
  privacyUrl: string
  termsUrl: string
  contactUrl?: string | undefined
  /** A sentence at the foot of each page. */
  footer?: string | undefined
  /** The sample has privacy and terms pages of its own, and links to the documentation. */
  isSample?: boolean
}

const minContrast = 4.5

/** Returns why a color cannot be the accent color, or undefined if it can. */
export function findAccentFault(color: string): string | undefined {
  if (!/^#[\da-f]{6}$/i.test(color)) return 'must be a color such as #0c5a6b'
  const contrast = computeContrast(color, colors.paper[0])
  return contrast >= minContrast
    ? undefined
    : `has a contrast of ${contrast.toFixed(1)} to white. Choose a darker color, with at least ${minContrast}`
}

/** The accent color in a dark page: the same hue, lightened until it can be read on dark paper. */
export function lightenForDarkPage(color: string): string {
  for (let share = 0.2; share < 1; share += 0.05) {
    const lighter = mixWithWhite(color, share)
    if (computeContrast(lighter, colors.paper[1]) >= 7) return lighter
  }
  return '#ffffff'
}

function mixWithWhite(color: string, share: number): string {
  const channels = parseChannels(color).map((value) => Math.round(value + (255 - value) * share))
  return `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/** WCAG 2.2: contrast ratio of two colors, from 1 to 21. */
export function computeContrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [computeLuminance(one), computeLuminance(other)].toSorted((a, b) => b - a)
  return (lighter + 0.05) / (darker + 0.05)
}

function computeLuminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = parseChannels(color).map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function parseChannels(color: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
}
