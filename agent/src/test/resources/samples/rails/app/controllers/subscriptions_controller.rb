class SubscriptionsController < ApplicationController
  def new
    @subscription = Subscription.new
  end

  def create
    @subscription = Subscription.new(params.expect(subscription: [ :email ]))
    if @subscription.save
      redirect_to root_path, notice: t(".thanks")
    else
      render :new, status: :unprocessable_entity
    end
  end
end
