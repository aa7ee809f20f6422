import type { Element as Described } from '../parts/element.ts'
import { toDom } from './to-dom.ts'
import { widgetStyle } from './widget-style.ts'

export type Settings = { [name in (typeof settingNames)[number]]: string | undefined } & { api: string }
/** What a component is given: its settings, where it stands, and a signal that ends with it. */
export type View = {
  host: HTMLElement
  settings: Settings
  signal: AbortSignal
  show: (...parts: Described[]) => void
  find: (selector: string) => HTMLElement | undefined
}

const settingNames = ['api', 'career', 'program', 'state', 'level', 'modality', 'page-size', 'source-key'] as const
// The API is where this file came from, unless the page says otherwise.
const home = new URL(import.meta.url).origin

/** Registers a component. It is drawn anew whenever it is put into a page or one of its attributes changes. */
export function defineElement(name: string, draw: (view: View) => void): void {
  if (customElements.get(name)) return
  customElements.define(
    name,
    class extends HTMLElement {
      static observedAttributes = settingNames
      #root = this.attachShadow({ mode: 'open' })
      #drawn: AbortController | undefined

      connectedCallback() {
        this.#root.adoptedStyleSheets = [sheet()]
        // What stood here for visitors without script: nobody sees it now, and nothing should fill it in.
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
          settings: settingsOf(this),
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

function settingsOf(host: HTMLElement): Settings {
  const of = (name: string) => host.getAttribute(name) || undefined
  return {
    api: (of('api') ?? home).replace(/\/$/, ''),
    career: of('career'),
    program: of('program'),
    state: of('state'),
    level: of('level'),
    modality: of('modality'),
    'page-size': of('page-size'),
    'source-key': of('source-key'),
  }
}

let made: CSSStyleSheet | undefined

function sheet(): CSSStyleSheet {
  if (!made) {
    made = new CSSStyleSheet()
    made.replaceSync(widgetStyle)
  }
  return made
}
