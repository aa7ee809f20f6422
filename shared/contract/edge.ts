/** By this header the edge proves itself to the API behind it. */
export const edgeHeader = 'x-origin-proof'
/** Whom the edge speaks for, as `address:port`. CloudFront writes it over whatever a visitor sends under this name. */
export const viewerHeader = 'cloudfront-viewer-address'
