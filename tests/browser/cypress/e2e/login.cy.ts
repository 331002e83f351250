it('logs in by the link of the outbox', () => {
  cy.visit('/');
  cy.get('input[name=email]').type('ada@example.com');
  cy.contains('button', 'Send me a link').click();
  cy.contains('Check your mailbox');
  // made by Cypress and not by the page, which the control plane does not let in
  cy.request(`${Cypress.env('mock')}/outbox?to=ada%40example.com&wait=5s`).then(({ body }) => {
    cy.visit(body.messages.at(-1).link);
  });
  cy.contains('Logged in as ada@example.com');
});
