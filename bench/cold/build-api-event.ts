type RequestOptions = { parameters?: { [name: string]: string }; headers?: { [name: string]: string }; body?: object }

/** A request as API Gateway hands it to a Lambda (HTTP API, payload format 2.0), to a route such as `GET /v1/careers`. */
export function buildApiEvent(routeKey: string, { parameters = {}, headers = {}, body }: RequestOptions = {}): object {
  const [method = '', template = ''] = routeKey.split(' ')
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? '')
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: '',
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    pathParameters: parameters,
    ...(body && { body: JSON.stringify(body) }),
    isBase64Encoded: false,
    requestContext: {
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '198.51.100.7', userAgent: '' },
      requestId: 'bench',
      routeKey,
      stage: '$default',
      timeEpoch: 0,
    },
  }
}
