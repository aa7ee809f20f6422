// `import type {} from 'prospectus-client/react'` adds the elements of the widget to the JSX of React 18 and 19.
import type { DetailedHTMLProps, HTMLAttributes } from 'react'
import type { WidgetElements } from '../widget.ts'

type ReactElements = {
  [name in keyof WidgetElements]: DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement> & WidgetElements[name]
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends ReactElements {}
  }
}
