class Story < ApplicationRecord
  scope :newest, -> { order(published_on: :desc) }
end
