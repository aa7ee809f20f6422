import api from '../../../node_modules/undici/lib/api/index.js'
import Client from '../../../node_modules/undici/lib/dispatcher/client.js'
import Dispatcher from '../../../node_modules/undici/lib/dispatcher/dispatcher.js'

/**
 * The part of undici that webhooks use. The bundles have this file in place of `undici`, whose fetch, WebSocket, cache and mocks
 * would add 260 kB. A build fails if a name is missing here.
 */
export { default as buildConnector } from '../../../node_modules/undici/lib/core/connect.js'
export { default as errors } from '../../../node_modules/undici/lib/core/errors.js'
export { Client }

// What undici's own index.js does: `client.request` and the like are no methods of Client.
Object.assign(Dispatcher.prototype, api)
