class PagesController < ApplicationController
  def home
    @stories = Story.newest.limit(3)
  end

  def prices
  end
end
