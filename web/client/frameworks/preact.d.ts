// `import type {} from 'prospectus-client/preact'` adds the elements of the widget to the JSX of Preact.
import type { HTMLAttributes } from 'preact'
import type { WidgetElements } from '../widget.ts'

type PreactElements = {
  [name in keyof WidgetElements]: HTMLAttributes<HTMLElement> & WidgetElements[name]
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements extends PreactElements {}
  }
}
