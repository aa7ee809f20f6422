import type { FormValues } from '../form/read-fields.ts'
import type { MarkupElement } from '../parts/element.ts'
import { moveFocus } from './move-focus.ts'
import { toDom } from './to-dom.ts'
import { styleRoot } from './widget-style.ts'

/** The attributes of an element that are set, by name. */
export type WidgetSettings = ReadonlyMap<(typeof settingNames)[number], string | undefined>
/** What an element remembers when it is drawn again with other settings. */
type WidgetDraft = {
  values: FormValues
  /** Schools that were shown with a checkbox. Those that the visitor unchecked stay unchecked after another match. */
  shownIds: string[]
  /** Schools whose question the visitor skipped. They are not named and get nothing. */
  leftOutIds: string[]
  /** Resolves when a lead that is being sent has a response. Until then the element is not drawn again. */
  sending?: Promise<unknown>
}
/** What a component draws with. `signal` aborts when the component is drawn again. */
export type WidgetView = {
  host: HTMLElement
  /** Origin of the API. */
  api: string
  settings: WidgetSettings
  draft: WidgetDraft
  signal: AbortSignal
  show: (...parts: MarkupElement[]) => void
  find: (selector: string) => HTMLElement | undefined
}

const settingNames = ['api', 'career', 'program', 'state', 'level', 'modality', 'page-size', 'source-key'] as const
// The API has the origin of this module unless the page sets `api`.
const defaultApi = new URL(import.meta.url).origin

/**
 * Registers a component. It is drawn when it is added to a page, and again when its settings change; moving it keeps it as it
 * is. The content between its tags belongs to the page and stays there: the shadow root, which is attached only when there is
 * something to show, hides it.
 */
export function defineElement(name: string, draw: (view: WidgetView) => void): void {
  if (customElements.get(name)) return
  customElements.define(
    name,
    class extends HTMLElement {
      static observedAttributes = settingNames
      #root: ShadowRoot | undefined
      #view: AbortController | undefined
      #drawnSettings: string | undefined
      #draft: WidgetDraft = { values: {}, shownIds: [], leftOutIds: [] }

      connectedCallback() {
        void this.#update()
      }

      attributeChangedCallback() {
        void this.#update()
      }

      async #update() {
        // Attributes that are set one after the other are one change.
        await this.#draft.sending
        const settings = readSettings(this)
        const text = [...settings.values()].join('\n')
        if (!this.isConnected || text === this.#drawnSettings) return
        this.#drawnSettings = text
        this.#view?.abort()
        this.#view = new AbortController()
        const { signal } = this.#view
        const find = (selector: string) => this.#root?.querySelector<HTMLElement>(selector) ?? undefined
        draw({
          host: this,
          api: (settings.get('api') ?? defaultApi).replace(/\/+$/, ''),
          settings,
          draft: this.#draft,
          signal,
          show: (...parts) => {
            if (signal.aborted) return
            const nodes = parts.map(toDom)
            const focused = find(':focus') ?? this.querySelector(':focus')
            this.#root ??= attachRoot(this)
            this.#root.replaceChildren(...styleRoot(this.#root), ...nodes)
            moveFocus(focused, find)
          },
          find,
        })
      }
    },
  )
}

/** A shadow root that shows the content between the tags until something else is in it. */
function attachRoot(host: HTMLElement): ShadowRoot {
  const root = host.attachShadow({ mode: 'open' })
  root.append(document.createElement('slot'))
  return root
}

function readSettings(host: HTMLElement): WidgetSettings {
  // Text that is copied into a page has spaces and invisible marks around it.
  return new Map(settingNames.map((name) => [name, host.getAttribute(name)?.replace(/[\s\p{C}]/gu, '') || undefined]))
}
