import { colors, colorVariables } from '../parts/colors.ts'
import partsStyle from '../parts/parts.css'
import widgetStyle from './widget.css'

const pageColors = Object.entries(colors)
  .map(([name, [light, dark]]) => `--${name}:var(--prospectus-${name},light-dark(${light},${dark}))`)
  .join(';')

/** The style sheet of a component. Labels, disclosure and consent text inherit nothing from the page and keep our colors. */
export const componentStyle = [
  '.disclosure,.sponsored,.consent{all:initial;color-scheme:inherit}',
  partsStyle,
  `:host{${pageColors}}`,
  `.disclosure,.sponsored,.consent{${colorVariables}}`,
  widgetStyle,
].join('\n')
