// Swagger UI of one service; the address of the document stands in the page.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("swagger-ui");
  window.SwaggerUIBundle({
    url: place.dataset.spec,
    domNode: place,
    deepLinking: true,
    displayRequestDuration: true,
    defaultModelsExpandDepth: 0,
    validatorUrl: null,
    // The API takes tokens, never cookies.
    requestInterceptor: (request) => ({ ...request, credentials: "omit" }),
  });
});
