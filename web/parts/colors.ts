/** Colors by meaning, for light and dark. Which one applies follows the `color-scheme` of the page. */
export const colors = {
  ink: ['#1b2530', '#e7ebef'],
  soft: ['#4f5d6b', '#a9b5c0'],
  paper: ['#ffffff', '#151b22'],
  shade: ['#f3f6f8', '#1d252e'],
  line: ['#d5dce3', '#35414d'],
  edge: ['#768492', '#8794a1'],
  accent: ['#0c5a6b', '#84cfdd'],
  'on-accent': ['#ffffff', '#05252d'],
  wrong: ['#ab1f14', '#ff9d92'],
  amber: ['#6f4500', '#f3d08a'],
  'amber-shade': ['#fdf1d3', '#3a2e12'],
} as const

/** Declarations of `--ink` and so on, for a rule of a style sheet. */
export const colorVariables = Object.entries(colors)
  .map(([name, [light, dark]]) => `--${name}:light-dark(${light},${dark})`)
  .join(';')
