import type { MarkupElement } from '../parts/element.ts'
import { toDom } from './to-dom.ts'
import { componentStyle } from './widget-style.ts'

export type WidgetSettings = { [name in (typeof settingNames)[number]]: string | undefined } & { api: string }
/** What a component draws with. `signal` aborts when the component is removed or drawn again. */
export type WidgetView = {
  host: HTMLElement
  settings: WidgetSettings
  signal: AbortSignal
  show: (...parts: MarkupElement[]) => void
  find: (selector: string) => HTMLElement | undefined
}

const settingNames = ['api', 'career', 'program', 'state', 'level', 'modality', 'page-size', 'source-key'] as const
// The API has the origin of this module unless the page sets `api`.
const defaultApi = new URL(import.meta.url).origin

/** Registers a component. It is drawn again when it is added to a page or one of its attributes changes. */
export function defineElement(name: string, draw: (view: WidgetView) => void): void {
  if (customElements.get(name)) return
  customElements.define(
    name,
    class extends HTMLElement {
      static observedAttributes = settingNames
      #root = this.attachShadow({ mode: 'open' })
      #drawn: AbortController | undefined

      connectedCallback() {
        this.#root.adoptedStyleSheets = [getSheet()]
        // The fallback for visitors without JavaScript is hidden now; autofill must not find its inputs.
        this.replaceChildren()
        this.#draw()
      }

      disconnectedCallback() {
        this.#drawn?.abort()
        this.#drawn = undefined
      }

      attributeChangedCallback(_: string, before: string | null, after: string | null) {
        if (this.#drawn && before !== after) this.#draw()
      }

      #draw() {
        this.#drawn?.abort()
        this.#drawn = new AbortController()
        const { signal } = this.#drawn
        draw({
          host: this,
          settings: readSettings(this),
          signal,
          show: (...parts) => {
            if (!signal.aborted) this.#root.replaceChildren(...parts.map(toDom))
          },
          find: (selector) => this.#root.querySelector<HTMLElement>(selector) ?? undefined,
        })
      }
    },
  )
}

function readSettings(host: HTMLElement): WidgetSettings {
  const readAttribute = (name: string) => host.getAttribute(name) || undefined
  return {
    api: (readAttribute('api') ?? defaultApi).replace(/\/$/, ''),
    career: readAttribute('career'),
    program: readAttribute('program'),
    state: readAttribute('state'),
    level: readAttribute('level'),
    modality: readAttribute('modality'),
    'page-size': readAttribute('page-size'),
    'source-key': readAttribute('source-key'),
  }
}

let cachedSheet: CSSStyleSheet | undefined

function getSheet(): CSSStyleSheet {
  if (!cachedSheet) {
    cachedSheet = new CSSStyleSheet()
    cachedSheet.replaceSync(componentStyle)
  }
  return cachedSheet
}
