Rails.application.routes.draw do
  root "pages#home"

  get "prices", to: "pages#prices"
  resources :subscriptions, only: %i[new create]
end
