import { describe, expect, it } from 'vitest'
import { computeContrast, findAccentFault, lightenForDarkPage } from '#web/landing/brand.ts'
import { colors } from '#web/parts/colors.ts'

describe('the color of a publisher', () => {
  it('is refused if white text on it cannot be read', () => {
    expect(findAccentFault('#0c5a6b')).toBeUndefined()
    expect(findAccentFault('#ffcc00')).toMatch(/^has a contrast of 1\.\d to white\. Choose a darker color/)
    expect(findAccentFault('red')).toBe('must be a color such as #0c5a6b')
    expect(findAccentFault('#fff;}body{')).toBe('must be a color such as #0c5a6b')
  })

  it.each(['#0c5a6b', '#8b0000', '#000000', '#1a237e', '#7a4a00'])('can be read in a dark page: %s', (color) => {
    const dark = lightenForDarkPage(color)
    expect(computeContrast(dark, colors.paper[1])).toBeGreaterThanOrEqual(7)
    expect(computeContrast(dark, colors['on-accent'][1])).toBeGreaterThanOrEqual(4.5)
  })
})
