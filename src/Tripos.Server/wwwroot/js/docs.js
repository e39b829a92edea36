// Shows the description of the API; the library puts itself into the window and has run before any module.

const place = /** @type {HTMLElement} */ (document.getElementById('api'));
const { SwaggerUIBundle } = /** @type {{ SwaggerUIBundle: (options: object) => void }} */ (/** @type {unknown} */ (window));

SwaggerUIBundle({ domNode: place, url: place.dataset.description, deepLinking: true, validatorUrl: null, docExpansion: 'list', defaultModelsExpandDepth: 0 });

export {};
