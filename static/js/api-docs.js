// Shows the API's own description, with a form to try each operation.
const place = document.getElementById("api-docs");

SwaggerUIBundle({
  domNode: place,
  url: place.dataset.schema,
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  // Nothing is sent to the validator of the makers of Swagger.
  validatorUrl: null,
});
