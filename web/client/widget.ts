import type { Modality, ProgramLevel, State } from '../../shared/domain/vocabulary.ts'
import type { WidgetEventDetails } from '../widget/widget-events.ts'

export type { WidgetEventDetails }

type ApiAttribute = {
  /** Origin of the API, if it is not that of the module. */
  api?: string | undefined
}

/** Attributes of `<career-summary>`. */
export type CareerSummaryAttributes = ApiAttribute & {
  /** The slug of a career. */
  career: string
}
/** Attributes of `<school-listing>`. */
export type SchoolListingAttributes = ApiAttribute & {
  /** The slug of a career. */
  career: string
  state?: State | undefined
  level?: ProgramLevel | undefined
  modality?: Modality | undefined
  'page-size'?: number | `${number}` | undefined
}
/** Attributes of `<tuition-request-form>`. */
export type TuitionRequestFormAttributes = ApiAttribute & {
  /** The slug of a career. */
  career: string
  /** The publishable key of your source. */
  'source-key': string
  /** The ID of a program, to which the request is limited. */
  program?: string | undefined
}

/** The attributes of each element of the widget. */
export type WidgetElements = {
  'career-summary': CareerSummaryAttributes
  'school-listing': SchoolListingAttributes
  'tuition-request-form': TuitionRequestFormAttributes
}

/** The events of the elements. They bubble, so that a page can listen at any element or at the document. */
export type WidgetEvents = { [name in keyof WidgetEventDetails]: CustomEvent<WidgetEventDetails[name]> }

declare global {
  interface HTMLElementTagNameMap {
    'career-summary': HTMLElement
    'school-listing': HTMLElement
    'tuition-request-form': HTMLElement
  }
  interface GlobalEventHandlersEventMap extends WidgetEvents {}
}

/**
 * Loads the module of the widget from the API, once per page. Does nothing on a server.
 *
 * @example
 * useEffect(() => loadWidget('https://api.example'), [])
 */
export function loadWidget(baseUrl: string): void {
  if (typeof document === 'undefined') return
  const src = new URL('/widget.js', baseUrl).href
  if ([...document.scripts].some((script) => script.src === src)) return
  document.head.append(Object.assign(document.createElement('script'), { type: 'module', src }))
}
