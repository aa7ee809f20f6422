/** The header by which the edge proves itself to the API. */
export const edgeHeader = 'x-origin-proof'
/** The visitor as `address:port`. CloudFront overwrites the header if a visitor sends it. */
export const viewerHeader = 'cloudfront-viewer-address'
