// `import type {} from 'prospectus-client/vue'` adds the elements of the widget to Vue's templates.
import type { DefineComponent, HTMLAttributes } from 'vue'
import type { WidgetElements, WidgetEvents } from '../widget.ts'

// Vue checks the attributes of templates as properties of components, in camelCase.
type CamelCase<Name> = Name extends `${infer First}-${infer Rest}` ? `${First}${Capitalize<CamelCase<Rest>>}` : Name
type VueListeners = { [name in keyof WidgetEvents as `on${Capitalize<name>}`]?: (event: WidgetEvents[name]) => void }
type VueElements = {
  [name in keyof WidgetElements]: DefineComponent<
    HTMLAttributes &
      VueListeners & {
        [attribute in keyof WidgetElements[name] as CamelCase<attribute & string>]: WidgetElements[name][attribute]
      }
  >
}

declare module 'vue' {
  interface GlobalComponents extends VueElements {}
}
