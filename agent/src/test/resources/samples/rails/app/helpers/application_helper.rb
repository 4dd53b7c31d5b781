module ApplicationHelper
  def title(text)
    content_for(:title) { "#{text} | Halfmoon" }
  end
end
